import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { perUserDataFolder } from '../core/data-folder.ts'

/** Chromium's own flags are among them, so what is not ours is passed over. */
export function readOptions(args: readonly string[]): { readonly demo: boolean; readonly dataFolder: string } {
  const { values } = parseArgs({
    args: [...args],
    options: { demo: { type: 'boolean' }, 'data-folder': { type: 'string' } },
    strict: false,
    allowPositionals: true,
  })
  const folder = values['data-folder']
  return { demo: values.demo === true, dataFolder: typeof folder === 'string' ? resolve(folder) : perUserDataFolder() }
}
