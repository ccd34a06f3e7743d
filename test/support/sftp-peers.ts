import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { homedir, userInfo } from 'node:os'
import { join } from 'node:path'
import { freePort, makeKey, type TestKey } from './sshd.ts'

/** A server with SFTP of another making; the disk is this machine's. */
export interface Peer {
  readonly port: number
  readonly user: string
  stop(): void
}

/** `folder` is for its own files. */
export async function startAsyncssh(folder: string, key: TestKey): Promise<Peer> {
  const port = await freePort()
  const authorizedKeys = join(folder, 'asyncssh_authorized_keys')
  writeFileSync(authorizedKeys, `${key.publicKey}\n`)
  const script = join(import.meta.dirname, 'peers', 'asyncssh_server.py')
  const args = [script, makeKey(join(folder, 'asyncssh_host_key')).path, authorizedKeys, String(port)]
  // Debian's own Python, which has Debian's packages.
  const server = spawn('/usr/bin/python3', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise((resolve, reject) => {
    server.stdout.once('data', resolve)
    server.once('exit', () => reject(new Error('asyncssh did not start')))
  })
  return { port, user: 'anybody', stop: () => void server.kill() }
}

/** Dropbear, which starts OpenSSH's sftp-server. It reads the login's own authorized_keys, so where it may it gets a home of its own. */
export async function startDropbear(folder: string, key: TestKey): Promise<Peer> {
  const home = join(folder, 'dropbear-home')
  mkdirSync(join(home, '.ssh'), { recursive: true, mode: 0o700 })
  writeFileSync(join(home, '.ssh', 'authorized_keys'), `${key.publicKey}\n`, { mode: 0o600 })
  const hostKey = join(folder, 'dropbear_host_key')
  execFileSync('dropbearkey', ['-t', 'ed25519', '-f', hostKey], { stdio: 'ignore' })
  const port = await freePort()
  const dropbear = ['/usr/sbin/dropbear', '-F', '-E', '-s', '-r', hostKey, '-p', `127.0.0.1:${port}`, '-P', join(folder, 'dropbear_pid')]
  const inOwnHome = ['unshare', '-m', 'sh', '-c', `mount --bind "$0" "$1" && shift && exec "$@"`, home, homedir()]
  const [program = '', ...args] = canMount() ? [...inOwnHome, ...dropbear] : dropbear
  const server = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  await new Promise((resolve) => server.stderr.once('data', resolve))
  return { port, user: userInfo().username, stop: () => void server.kill() }
}

export function canMount(): boolean {
  return spawnSync('unshare', ['-m', 'true']).status === 0
}
