import { execFile, execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { systemctlStandIn } from '../../demo/stand-ins/systemctl.ts'
import { freePort, makeKey } from './sshd.ts'

/** Debian's own userland with an OpenSSH server of its own in it; each one begins as the first did. */
export interface DebianHost {
  readonly port: number
  /** May use sudo, as the first user of a cloud's image. */
  readonly user: string
  readonly hostKey: string
  /** Its files, from outside. */
  readonly root: string
  /** In it, as root. */
  run(command: string): string
  /** Ends every connection, and takes new ones: as a network that was away. */
  cutConnections(): void
  /** Everything in it ends, and it comes up again with the same files. */
  restart(): Promise<void>
  stop(): Promise<void>
}

const CACHE = join(import.meta.dirname, '..', '..', 'node_modules', '.cache')
/** Part of the folder's name, so that another list makes another root. */
const PACKAGES = 'openssh-server,git,python3,python3-venv,iproute2,ca-certificates,sudo,curl'
const SUITE = 'bookworm'
const USER = 'admin'

/** Made once by debootstrap (two minutes), and then used from the cache. Needs root's rights, as the tests have them. */
export async function debianRoot(): Promise<string> {
  const root = join(CACHE, `debian-${SUITE}-${PACKAGES.split(',').length}`)
  if (existsSync(root)) return root
  const part = `${root}.${process.pid}.part`
  mkdirSync(CACHE, { recursive: true })
  await promisify(execFile)('debootstrap', ['--variant=minbase', `--include=${PACKAGES}`, SUITE, part], { maxBuffer: 64 * 1024 * 1024 })
  const inside = (...argv: string[]) => execFileSync('chroot', [part, ...argv])
  inside('useradd', '--create-home', '--shell', '/bin/bash', USER)
  inside('usermod', '-p', '*', USER)
  writeFileSync(join(part, 'etc/sudoers.d/admin'), `${USER} ALL=(ALL) NOPASSWD:ALL\n`, { mode: 0o440 })
  // Process 1 is not systemd's to be here: services are started for real, by something that says what it is.
  for (const name of ['systemctl', 'journalctl']) {
    rmSync(join(part, 'usr/bin', name), { force: true })
    writeFileSync(join(part, 'usr/bin', name), systemctlStandIn({ system: true }), { mode: 0o755 })
  }
  inside('rm', '-rf', '/var/cache/apt/archives', '/var/lib/apt/lists', '/usr/share/doc', '/usr/share/man', '/usr/share/locale')
  if (!existsSync(root)) renameSync(part, root)
  return root
}

export async function startDebian({ authorizedKey }: { readonly authorizedKey: string }): Promise<DebianHost> {
  const lower = await debianRoot()
  const folder = mkdtempSync(join(tmpdir(), 'mooring-debian-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512m', 'mooring', folder])
  for (const name of ['upper', 'work', 'root']) mkdirSync(join(folder, name))
  const root = join(folder, 'root')
  execFileSync('mount', ['-t', 'overlay', 'mooring', '-o', `lowerdir=${lower},upperdir=${folder}/upper,workdir=${folder}/work`, root])
  const key = makeKey(join(folder, 'host_key'))
  const port = await freePort()
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    'HostKey /etc/ssh/host_key',
    'PidFile none',
    'UsePAM no',
    'PasswordAuthentication no',
    'Subsystem sftp internal-sftp',
    'MaxStartups 100',
  ]
  writeFileSync(join(root, 'etc/ssh/sshd_config'), `${config.join('\n')}\n`)
  writeFileSync(join(root, 'etc/ssh/host_key'), key.text, { mode: 0o600 })
  const home = join(root, 'home', USER)
  mkdirSync(join(home, '.ssh'), { mode: 0o700 })
  writeFileSync(join(home, '.ssh/authorized_keys'), `${authorizedKey}\n`, { mode: 0o600 })
  execFileSync('chroot', [root, 'chown', '-R', `${USER}:${USER}`, `/home/${USER}/.ssh`])
  mkdirSync(join(root, 'run/sshd'), { recursive: true })
  // It goes to the network as this machine does, be it through somebody who signs for all the world.
  for (const file of ['etc/resolv.conf', 'etc/ssl/certs/ca-certificates.crt']) {
    if (existsSync(join('/', file))) execFileSync('cp', ['--remove-destination', join('/', file), join(root, file)])
  }
  writeFileSync(join(root, 'etc/pip.conf'), '[global]\ncert = /etc/ssl/certs/ca-certificates.crt\n')

  const boot = () =>
    new Promise<ReturnType<typeof spawn>>((resolve, reject) => {
      // A mount and a process namespace of its own: whatever is started in it ends with it.
      const script = 'mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev" && exec chroot "$1" /usr/sbin/sshd -D -e'
      const server = spawn('unshare', ['--mount', '--pid', '--fork', '--kill-child', 'sh', '-c', script, 'sh', root], {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      let log = ''
      server.stderr.on('data', (chunk) => {
        log += chunk
        if (log.includes('Server listening')) resolve(server)
      })
      server.once('error', reject)
      server.once('exit', () => reject(new Error(`sshd did not start: ${log}`)))
    })
  let server = await boot()
  const onExit = () => server.kill('SIGKILL')
  process.once('exit', onExit)
  async function halt() {
    const gone = new Promise((resolve) => server.once('exit', resolve))
    server.kill('SIGKILL')
    await gone
  }
  /** sshd is the namespace's first process; its children serve the connections. */
  const sshd = () => Number(readFileSync(`/proc/${server.pid}/task/${server.pid}/children`, 'utf8').trim().split(' ')[0])
  const inside = (...argv: string[]) =>
    execFileSync('nsenter', ['-t', String(sshd()), '-m', '-p', '-r', '-w', ...argv], { encoding: 'utf8' })

  return {
    port,
    user: USER,
    hostKey: key.publicKey,
    root,
    run: (command) => inside('sh', '-c', command),
    cutConnections: () => killServers(sshd()),
    async restart() {
      await halt()
      rmSync(join(root, 'run/stand-in'), { recursive: true, force: true })
      server = await boot()
    },
    async stop() {
      process.off('exit', onExit)
      await halt()
      execFileSync('umount', ['-l', root])
      execFileSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const childrenOf = (pid: number) => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').map(Number).filter(Boolean)

/** sshd's own processes below it; what a login began ends or lives on by itself. */
function killServers(pid: number): void {
  for (const child of childrenOf(pid)) {
    try {
      if (readFileSync(`/proc/${child}/comm`, 'utf8').trim() !== 'sshd') continue
      killServers(child)
      process.kill(child, 'SIGKILL')
    } catch {
      // It ended by itself.
    }
  }
}
