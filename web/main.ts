import { openBrowser } from './open-browser.ts'
import { readOptions } from './options.ts'
import { type BrowserHostOptions, startBrowserHost } from './run.ts'

/** Runs until Ctrl+C. The address is printed on a line of its own. */
export async function runBrowserHost({ open, ...options }: BrowserHostOptions & { readonly open: boolean }): Promise<void> {
  const host = await startBrowserHost(options)
  const address = host.address()
  console.log(address)
  if (open) openBrowser(address)
  if (process.stdin.isTTY) {
    // The browser forgets the cookie when it is closed.
    console.log('Enter prints a new address, Ctrl+C ends Mooring.')
    process.stdin.on('data', () => console.log(host.address())).unref()
  }

  let ending = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (ending) process.exit(1)
      ending = true
      host.close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
  }
}

if (import.meta.main) {
  runBrowserHost(readOptions(process.argv.slice(2))).catch((error: Error) => {
    console.error(error.message)
    process.exitCode = 1
  })
}
