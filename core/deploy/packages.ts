import { quote } from '../jobs/quote.ts'

export const managers = ['apt-get', 'dnf', 'yum', 'zypper', 'apk', 'pacman', 'pkg'] as const
export type Manager = (typeof managers)[number]

/** What a program's package is called where it is called otherwise. An empty list: the manager has none. */
const PACKAGES: Readonly<Record<string, Partial<Record<Manager, readonly string[]>> & { readonly any?: readonly string[] }>> = {
  'python3-venv': { 'apt-get': ['python3-venv'], any: [] },
  python3: { pacman: ['python'] },
  node: { 'apt-get': ['nodejs'], dnf: ['nodejs'], yum: ['nodejs'], zypper: ['nodejs'], apk: ['nodejs'], pacman: ['nodejs'] },
  npm: { dnf: ['nodejs-npm'], yum: ['nodejs-npm'], zypper: ['npm-default'] },
  pnpm: { apk: ['pnpm'], pacman: ['pnpm'], any: [] },
  yarn: { 'apt-get': ['yarnpkg'], dnf: ['yarnpkg'], apk: ['yarn'], pacman: ['yarn'], any: [] },
  docker: { 'apt-get': ['docker.io'] },
  'docker-compose': {
    'apt-get': ['docker-compose-v2'],
    apk: ['docker-cli-compose'],
    pacman: ['docker-compose'],
    any: ['docker-compose-plugin'],
  },
  go: { 'apt-get': ['golang-go'], dnf: ['golang'], yum: ['golang'] },
  java: {
    'apt-get': ['default-jdk-headless'],
    dnf: ['java-21-amazon-corretto-headless'],
    yum: ['java-17-amazon-corretto-headless'],
    zypper: ['java-21-openjdk-headless'],
    apk: ['openjdk21-jre-headless'],
    pacman: ['jre-openjdk-headless'],
    pkg: ['openjdk21'],
  },
  mvn: { any: ['maven'] },
}

const INSTALL: Readonly<Record<Manager, readonly string[]>> = {
  'apt-get': ['apt-get', 'install', '-y', '--no-install-recommends'],
  dnf: ['dnf', 'install', '-y'],
  yum: ['yum', 'install', '-y'],
  zypper: ['zypper', '--non-interactive', 'install'],
  apk: ['apk', 'add'],
  pacman: ['pacman', '-S', '--noconfirm', '--needed'],
  pkg: ['pkg', 'install', '-y'],
}

/** The argv that installs programs, or nothing where the manager has no package for one of them. */
export function installCommand(manager: Manager | undefined, programs: readonly string[]): readonly string[] | undefined {
  if (!manager) return undefined
  const lists = programs.map((program) => packagesFor(manager, program))
  if (lists.some((list) => list.length === 0)) return undefined
  return [...INSTALL[manager], ...new Set(lists.flat())]
}

function packagesFor(manager: Manager, program: string): readonly string[] {
  const known = PACKAGES[program]
  return known?.[manager] ?? known?.any ?? [program]
}

export function shownInstall(argv: readonly string[] | undefined, root: 'yes' | 'sudo' | 'no'): string | undefined {
  if (!argv || root === 'no') return undefined
  return quote([...(root === 'sudo' ? ['sudo'] : []), ...argv])
}

/** Arguments: the install command's argv. The front ends that ask questions are told not to. */
export const INSTALL_SCRIPT = String.raw`
export DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a NEEDRESTART_SUSPEND=1
run() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a NEEDRESTART_SUSPEND=1 "$@"; fi; }
if [ "$1" = apt-get ]; then
  run apt-get -o DPkg::Lock::Timeout=600 update || exit
  shift
  run apt-get -o DPkg::Lock::Timeout=600 "$@"
else
  [ "$1" = pacman ] && run pacman -Sy --noconfirm
  run "$@"
fi
`
