import { openBrowser } from './open-browser.ts'
import { readOptions } from './options.ts'
import { type BrowserHostOptions, startBrowserHost } from './run.ts'

/** Runs until Ctrl+C. The address is printed on a line of its own. */
export async function runBrowserHost({ open, ...options }: BrowserHostOptions & { readonly open: boolean }): Promise<void> {
  const host = await startBrowserHost(options)
  console.log(host.address())
  // With an address of its own, so that the printed one is still good.
  if (open) openBrowser(host.address())
  if (process.stdin.isTTY) {
    // The browser forgets the cookie when it is closed.
    console.log('Enter prints a new address, Ctrl+C ends Mooring.')
    process.stdin.on('data', () => console.log(host.address())).unref()
  }

  endBySignal(() => host.close())
}

/** One Ctrl+C ends cleanly. Another, later, means now: `conf`'s exit hook sends every signal on at once, which is not a second one. */
function endBySignal(close: () => Promise<void>) {
  let endingSince: number | undefined
  const end = (code: number, error?: unknown) => {
    if (error) console.error(error)
    process.exit(code)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (endingSince === undefined) {
        endingSince = Date.now()
        close().then(
          () => end(0),
          (error) => end(1, error),
        )
      } else if (Date.now() - endingSince > 500) end(1)
    })
  }
}

if (import.meta.main) {
  try {
    await runBrowserHost(readOptions(process.argv.slice(2)))
  } catch (error) {
    console.error((error as Error).message)
    process.exitCode = 1
  }
}
