import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** What `npm start --` and `node web/main.ts` take. Throws a sentence about what is wrong. */
export function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      demo: { type: 'boolean', default: false },
      web: { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      open: { type: 'boolean', default: true },
      'data-folder': { type: 'string' },
    },
    allowNegative: true,
  })
  const port = Number(values.port)
  if (!/^\d+$/.test(values.port) || port > 65_535) throw new Error(`--port ${values.port} is not a port number`)
  const folder = values['data-folder']
  return { demo: values.demo, web: values.web, open: values.open, port, dataFolder: folder === undefined ? undefined : resolve(folder) }
}
