import { spawn } from 'node:child_process'

/** The system's browser, as the person set it. Where that fails the printed address is still there. */
export function openBrowser(address: string): void {
  const command = browserCommand(address, process.platform, process.env)
  if (!command) return
  const [program, ...args] = command
  const child = spawn(program, args, { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}

/** Undefined without a display: `xdg-open` would then start a browser in the terminal. */
export function browserCommand(
  address: string,
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv,
): [string, ...string[]] | undefined {
  if (platform === 'darwin') return ['open', address]
  // Not `start`, which is a part of the shell.
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler', address]
  return environment.DISPLAY || environment.WAYLAND_DISPLAY ? ['xdg-open', address] : undefined
}
