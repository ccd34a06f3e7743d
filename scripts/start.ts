import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { readOptions } from '../web/options.ts'
import { ensureBuilt } from './build.ts'
import { runDesktop } from './desktop.ts'
import { root } from './run.ts'

/** `npm start`: a desktop window, or, where that is not to be had, one line that says why and the same app in the browser. */
async function start(args: readonly string[]) {
  const options = readOptions(args)
  await ensureBuilt()
  if (!options.web) {
    const obstacle = await runDesktop(args)
    if (obstacle === undefined) return
    console.log(`No desktop window, because ${obstacle}. Mooring is in the browser instead:`)
  }
  // The second start takes half of the first one's time.
  enableCompileCache(join(root, 'node_modules/.cache/node'))
  const { runBrowserHost } = await import('../web/main.ts')
  await runBrowserHost(options)
}

start(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
