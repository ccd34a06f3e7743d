import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { run } from './run.ts'

/** Debian's packages that the tests run against, and a file by which each is recognised. */
const PACKAGES: Readonly<Record<string, string>> = {
  chromium: '/usr/bin/chromium',
  'openssh-server': '/usr/sbin/sshd',
  'openssh-client': '/usr/bin/ssh-keygen',
  'putty-tools': '/usr/bin/puttygen',
  'dropbear-bin': '/usr/sbin/dropbear',
  busybox: '/usr/bin/busybox',
  openssl: '/usr/bin/openssl',
  'g++': '/usr/bin/g++',
  make: '/usr/bin/make',
  debootstrap: '/usr/sbin/debootstrap',
  git: '/usr/bin/git',
  python3: '/usr/bin/python3',
  'python3-asyncssh': '/usr/lib/python3/dist-packages/asyncssh/__init__.py',
  'python3-paramiko': '/usr/lib/python3/dist-packages/paramiko/__init__.py',
  tmux: '/usr/bin/tmux',
  screen: '/usr/bin/screen',
  xvfb: '/usr/bin/Xvfb',
  xauth: '/usr/bin/xauth',
  'x11-utils': '/usr/bin/xdpyinfo',
  sudo: '/usr/bin/sudo',
  unzip: '/usr/bin/unzip',
  zip: '/usr/bin/zip',
  zsh: '/usr/bin/zsh',
  fish: '/usr/bin/fish',
  tinysshd: '/usr/sbin/tinysshd',
}

/** Installs what the tests lack, as root on Debian; elsewhere throws with the names of what to install. */
export async function installComponents(): Promise<void> {
  const missing = missingPackages()
  if (missing.length === 0) return
  if (!isDebian() || process.getuid?.() !== 0) {
    throw new Error(
      `The tests need these programs, named as Debian's packages: ${missing.join(' ')}\nInstall them and run the tests again.`,
    )
  }
  console.log(`installing ${missing.join(' ')}`)
  const apt = (args: string[]) => run('apt-get', args, { DEBIAN_FRONTEND: 'noninteractive' })
  await apt(['update', '-q'])
  if ((await apt(['install', '-y', '-q', '--no-install-recommends', ...missing])) !== 0 || missingPackages().length > 0) {
    throw new Error(`apt-get could not install ${missingPackages().join(' ')}`)
  }
}

function missingPackages(): string[] {
  const missing = Object.entries(PACKAGES).filter(([, file]) => !existsSync(file))
  const names = missing.map(([name]) => name)
  if (existsSync('/usr/bin/python3') && spawnSync('python3', ['-c', 'import ensurepip']).status !== 0) names.push('python3-venv')
  return names
}

function isDebian(): boolean {
  return existsSync('/etc/os-release') && /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8'))
}
