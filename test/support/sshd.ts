import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

export type KeyType = 'ed25519' | 'rsa' | 'ecdsa'

export interface SshdOptions {
  /** Lines of `authorized_keys`. */
  readonly authorizedKeys?: readonly string[]
  /** Lines of `sshd_config`; the first one of a keyword counts, and these come first. */
  readonly config?: readonly string[]
  readonly hostKeys?: readonly KeyType[]
  /** Lines of a PAM service of its own, in place of the machine's; takes `ownMounts`. */
  readonly pam?: readonly string[]
}

/** A real OpenSSH server of a test's own: its port, keys and files, nothing of the machine's. */
export interface Sshd {
  readonly port: number
  /** The one that can log in: sshd without root's rights takes nobody else. */
  readonly user: string
  readonly folder: string
  /** `ssh-ed25519 AAAA…` and the like, in the order of `hostKeys`. */
  readonly hostKeys: readonly string[]
  /** Its own log so far, at level VERBOSE. */
  log(): string
  /** Of the server itself; its children serve the connections. */
  readonly pid: number
  stop(): Promise<void>
}

/** Whether a process may be given folders of its own in the place of the machine's: as root, outside of most containers. */
export const ownMounts = spawnSync('unshare', ['-m', 'true']).status === 0

export async function startSshd({ authorizedKeys = [], config = [], hostKeys = ['ed25519'], pam }: SshdOptions = {}): Promise<Sshd> {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-sshd-'))
  const keyFiles = hostKeys.map((type) => makeKey(join(folder, `host_${type}`), { type }))
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true }) // where OpenSSH's unprivileged half looks at nothing
  writeFileSync(join(folder, 'authorized_keys'), authorizedKeys.map((line) => `${line}\n`).join(''))
  const port = await freePort()
  const lines = [
    ...config,
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    ...keyFiles.map((key) => `HostKey ${key.path}`),
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    `PidFile ${join(folder, 'sshd.pid')}`,
    'StrictModes no',
    `UsePAM ${pam ? 'yes' : 'no'}`,
    'PermitRootLogin yes',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PrintMotd no',
    'PrintLastLog no',
    'LogLevel VERBOSE',
    'Subsystem sftp internal-sftp',
  ]
  writeFileSync(join(folder, 'sshd_config'), `${lines.join('\n')}\n`)

  const sshd = ['/usr/sbin/sshd', '-D', '-e', '-f', join(folder, 'sshd_config')]
  const [program = '', ...args] = pam ? [...inOwnPam(folder, pam), ...sshd] : sshd
  const server = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  // A test that is cut short must not leave its server behind.
  const onExit = () => server.kill()
  process.once('exit', onExit)
  let log = ''
  await new Promise<void>((resolve, reject) => {
    server.stderr.on('data', (chunk) => {
      log += chunk
      if (log.includes('Server listening')) resolve()
    })
    server.once('error', reject)
    server.once('exit', () => reject(new Error(`sshd did not start: ${log}`)))
  })
  return {
    port,
    user: userInfo().username,
    folder,
    hostKeys: keyFiles.map((key) => key.publicKey),
    log: () => log,
    pid: server.pid as number,
    async stop() {
      const gone = new Promise((resolve) => server.once('exit', resolve))
      process.off('exit', onExit)
      if (server.kill()) await gone
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Only this server and its children see the test's service, and only its copy of what PAM remembers is written to. */
function inOwnPam(folder: string, lines: readonly string[]): readonly string[] {
  const [service, security] = [join(folder, 'pam.d'), join(folder, 'security')]
  mkdirSync(service)
  writeFileSync(join(service, 'sshd'), `${lines.join('\n')}\n`)
  cpSync('/etc/security', security, { recursive: true })
  const mount = 'mount --bind "$0" /etc/pam.d && mount --bind "$1" /etc/security && shift && exec "$@"'
  return ['unshare', '-m', 'sh', '-c', mount, service, security]
}

export interface TestKey {
  readonly path: string
  readonly text: string
  /** `ssh-ed25519 AAAA…`: a line for `authorized_keys`. */
  readonly publicKey: string
  readonly blob: Buffer
}

export function makeKey(path: string, { type = 'ed25519', passphrase = '' }: { type?: KeyType; passphrase?: string } = {}): TestKey {
  const bits = type === 'rsa' ? ['-b', '2048'] : []
  execFileSync('ssh-keygen', ['-q', '-t', type, ...bits, '-N', passphrase, '-C', 'test@mooring', '-f', path])
  const publicKey = readFileSync(`${path}.pub`, 'utf8').trim()
  return { path, text: readFileSync(path, 'utf8'), publicKey, blob: Buffer.from(publicKey.split(' ')[1] ?? '', 'base64') }
}

/** Free a moment ago: nobody else asks for it in the meantime, since the system hands out others first. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
