import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findImage } from '../machines/images.ts'
import type { Machine } from '../machines/machine.ts'
import { keptSessionsEnvironment } from './kept-sessions.ts'

/** Where a machine's user lives: a private folder with a few files to look at. */
export async function createHome(folder: string, machine: Machine): Promise<string> {
  const { spec } = machine
  const home = join(folder, spec.instanceId, 'home', spec.user ?? 'user')
  await mkdir(join(home, 'logs'), { recursive: true, mode: 0o700 })
  await mkdir(join(home, 'app'))
  const files: Readonly<Record<string, string>> = {
    '.bashrc': bashrc(machine),
    '.profile': '. "$HOME/.bashrc"\n',
    'welcome.txt': welcome(machine),
    'app/config.json': `${JSON.stringify({ name: spec.name, region: spec.region, ...spec.tags }, undefined, 2)}\n`,
    'app/deploy.sh': '#!/bin/sh\necho "Deploying $(basename "$PWD")"\n',
    'logs/app.log': logLines(machine),
  }
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(home, name), text, { mode: name.endsWith('.sh') ? 0o755 : 0o644 })
  }
  return home
}

export interface ShellCommand {
  readonly file: string
  readonly args: readonly string[]
}

/** What a login starts. */
export function loginShell(home: string): ShellCommand {
  if (process.platform === 'win32') return { file: 'powershell.exe', args: ['-NoLogo'] }
  const bash = findBash()
  return bash ? { file: bash, args: ['--noprofile', '--rcfile', join(home, '.bashrc'), '-i'] } : { file: '/bin/sh', args: ['-i'] }
}

/** What runs one command, as `ssh host command` does. */
export function commandShell(command: string): ShellCommand {
  if (process.platform === 'win32') return { file: 'cmd.exe', args: ['/d', '/s', '/c', command] }
  return { file: findBash() ?? '/bin/sh', args: ['-c', command] }
}

/** As sshd makes it, not as this computer's own shells have it. */
export function loginEnvironment(machine: Machine, home: string, bin: string): Record<string, string | undefined> {
  const user = machine.spec.user ?? 'user'
  const own = {
    HOME: home,
    USER: user,
    LOGNAME: user,
    SHELL: loginShell(home).file,
    LANG: 'C.UTF-8',
    PS1: `${user}@${machine.spec.name}:$ `,
  }
  if (process.platform === 'win32') return { ...process.env, USERPROFILE: home, ...own }
  return {
    ...own,
    ...keptSessionsEnvironment(home),
    MOORING_PRACTICE: String(process.pid),
    PATH: `${bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin:/opt/homebrew/bin`,
  }
}

function findBash(): string | undefined {
  return ['/bin/bash', '/usr/bin/bash', '/usr/local/bin/bash'].find((file) => existsSync(file))
}

/** On one machine the shell does not say where it is, as on most in the world. */
const SILENT = 'build-agent'

function bashrc({ spec }: Machine): string {
  const tells = spec.name === SILENT ? [] : TELLS_FOLDER
  return [
    `PS1='\\[\\e[32m\\]${spec.user}@${spec.name}\\[\\e[0m\\]:\\[\\e[34m\\]\\w\\[\\e[0m\\]$ '`,
    "command ls --color=auto -d . >/dev/null 2>&1 && alias ls='ls --color=auto'",
    "alias ll='ls -l'",
    ...tells,
    '',
  ].join('\n')
}

/** Where it is, for files that follow (OSC 7); bytes that are not plain are percent-encoded. */
const TELLS_FOLDER = [
  '__where() {',
  '  local r=$? LC_ALL=C i c n out=',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own.
  '  for ((i = 0; i < ${#PWD}; i++)); do',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the shell's own.
  '    c=${PWD:i:1}',
  '    case $c in [a-zA-Z0-9/._~-]) out+=$c ;; *) printf -v n %d "\'$c"; printf -v c %%%02X $((n & 255)); out+=$c ;; esac',
  '  done',
  '  printf \'\\e]7;file://%s%s\\e\\\\\' "$HOSTNAME" "$out"',
  '  return $r',
  '}',
  'PROMPT_COMMAND=__where',
]

function welcome(machine: Machine): string {
  return [
    `You are on ${machine.spec.name}, an instance of the practice cloud.`,
    'The shell is a real one, on your own computer, in a folder that goes away with the practice cloud.',
    'Anything that you could do in a terminal here, you can do: it has your own rights. Only sudo and package managers refuse,',
    'and systemctl, journalctl, git, mount and lsblk stand before the real ones, so that a backup can be read and a project deployed:',
    'https://git.practice.example/hello-web.git',
    '',
  ].join('\n')
}

/** The message of the day, as the image would greet. */
export function greeting(machine: Machine): string {
  const image = findImage(machine.spec.imageId)
  return `Welcome to ${image?.description ?? 'Linux'}\r\n\r\n  Practice cloud: a real shell on your own computer. See welcome.txt.\r\n\r\n`
}

function logLines({ spec }: Machine): string {
  const start = Date.UTC(2026, 4, 4, 9, 0, 0)
  return Array.from({ length: 200 }, (_, index) => {
    const at = new Date(start + index * 7_000).toISOString()
    const status = index % 23 === 0 ? 503 : index % 11 === 0 ? 404 : 200
    return `${at} ${spec.name} GET /orders/${1000 + index} ${status} ${(index * 37) % 240} ms\n`
  }).join('')
}
