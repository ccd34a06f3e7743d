import { spawn } from 'node:child_process'
import { access, constants, mkdir, writeFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { UserError } from '../user-error.ts'

export interface Destination {
  readonly address: string
  readonly port: number
  readonly user: string
}
/** A program of the system's that shows a remote desktop. */
export interface DesktopClient {
  readonly name: string
  /** It has no window to ask for the password in: it reads it from its standard input. */
  readonly wantsPassword: boolean
  /** `rdpFile`: where the connection is described. */
  args(to: Destination, rdpFile: string): readonly string[]
}

const byFile = (name: string, ...before: string[]): DesktopClient => ({
  name,
  wantsPassword: false,
  args: (_to, rdpFile) => [...before, rdpFile],
})
/** FreeRDP's: `/cert:tofu` trusts a host's own certificate at the first time, as ssh does. `.` is the machine itself as a domain. */
const freeRdp = (name: string): DesktopClient => ({
  name,
  wantsPassword: true,
  args: ({ address, port, user }) => [
    `/v:${bracketed(address)}:${port}`,
    `/u:${user}`,
    '/d:.',
    '/cert:tofu',
    '/from-stdin',
    '/dynamic-resolution',
  ],
})
const clients: Readonly<Partial<Record<NodeJS.Platform, readonly DesktopClient[]>>> = {
  win32: [byFile('mstsc')],
  // Whichever app the person has made the one for `.rdp`; Microsoft's is "Windows App".
  darwin: [byFile('open')],
}
const others = [byFile('remmina', '-c'), freeRdp('xfreerdp3'), freeRdp('xfreerdp')]

/** The first that is there. Throws UserError DESKTOP_CLIENT_MISSING. */
export async function findClient(
  environment: Readonly<Record<string, string | undefined>>,
  platform = process.platform,
): Promise<DesktopClient> {
  const known = clients[platform] ?? others
  const folders = (environment.PATH ?? environment.Path ?? '').split(delimiter).filter(Boolean)
  for (const client of known) {
    const file = platform === 'win32' ? `${client.name}.exe` : client.name
    for (const folder of folders) if (await canRun(join(folder, file))) return client
  }
  throw new UserError('DESKTOP_CLIENT_MISSING', { names: known.map(({ name }) => name) })
}

/**
 * Starts it and leaves it alone: it goes on when the app ends. Its arguments are a list, and no shell reads them. `folder` is the app's own.
 * Throws UserError DESKTOP_CLIENT_MISSING.
 */
export async function startClient(
  client: DesktopClient,
  to: Destination,
  {
    folder,
    environment,
    password,
  }: { folder: string; environment: Readonly<Record<string, string | undefined>>; password: string | undefined },
): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const rdpFile = join(folder, 'connection.rdp')
  await writeFile(rdpFile, rdpFileFor(to), { mode: 0o600 })
  const child = spawn(client.name, client.args(to, rdpFile), {
    env: environment,
    detached: true,
    stdio: [password === undefined ? 'ignore' : 'pipe', 'ignore', 'ignore'],
  })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (cause) => reject(new UserError('DESKTOP_CLIENT_MISSING', { names: [client.name] }, { cause })))
  })
  // Whoever ends before it has read the password needs none.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(`${password}\n`)
  child.unref()
}

/** Microsoft's "Supported RDP properties"; a line each, so nothing of it may hold a line's end. Pure. */
export function rdpFileFor({ address, port, user }: Destination): string {
  const lines = [
    `full address:s:${bracketed(address)}:${port}`,
    `username:s:${user}`,
    'prompt for credentials:i:1',
    'authentication level:i:2',
  ]
  return `${lines.map((line) => line.replaceAll(/\p{Cc}/gu, '')).join('\r\n')}\r\n`
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address
}

async function canRun(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
}
