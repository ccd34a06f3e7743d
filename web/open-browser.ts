import { spawn } from 'node:child_process'

/** The system's browser, as the person set it. Where that fails the printed address is still there. */
export function openBrowser(address: string, platform: NodeJS.Platform = process.platform): void {
  const [command, ...args] = browserCommand(address, platform)
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}

export function browserCommand(address: string, platform: NodeJS.Platform): [string, ...string[]] {
  if (platform === 'darwin') return ['open', address]
  // Not `start`, which is a part of the shell.
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler', address]
  return ['xdg-open', address]
}
