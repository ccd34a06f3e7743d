import type { NetConnectOpts } from 'node:net'

/** Where this computer's own X server is (X(7), DISPLAY NAMES). */
export interface Display {
  readonly connect: NetConnectOpts
  readonly number: string
  readonly screen: number
}

const FIRST_PORT = 6000
/** Where X servers for Windows listen; nothing sets DISPLAY there. */
const WINDOWS_DISPLAY = '127.0.0.1:0.0'

/** `:0`, `host:10.1`, `unix:0`, or a Mac's `/private/tmp/…/org.xquartz:0`. `undefined`: there is none. Pure. */
export function displayOf(environment: Readonly<Record<string, string | undefined>>, platform = process.platform): Display | undefined {
  const name = environment.DISPLAY || (platform === 'win32' ? WINDOWS_DISPLAY : '')
  const [, host = '', number = '', screen = '0'] = /^(.*):(\d{1,5})(?:\.(\d{1,3}))?$/.exec(name) ?? []
  if (number === '' || Number(number) > 65535 - FIRST_PORT) return undefined
  const common = { number, screen: Number(screen) }
  if (host.startsWith('/')) return { ...common, connect: { path: `${host}:${number}` } }
  if (host === '' || host === 'unix') return { ...common, connect: { path: `/tmp/.X11-unix/X${number}` } }
  return { ...common, connect: { host: host.replace(/^\[|\]$/g, ''), port: FIRST_PORT + Number(number) } }
}
