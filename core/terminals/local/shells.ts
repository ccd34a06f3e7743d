import { execFile } from 'node:child_process'
import { constants } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import { userInfo } from 'node:os'
import { basename, isAbsolute, win32 } from 'node:path'
import { promisify } from 'node:util'

/** A shell of this computer that a terminal can run. */
export interface LocalShell {
  /** The same each time. */
  readonly id: string
  /** `bash`, `PowerShell`, `Ubuntu (WSL)`. */
  readonly name: string
  /** Absolute. */
  readonly file: string
  readonly args: readonly string[]
}

export type Environment = Readonly<Record<string, string | undefined>>

/** Listed as shells, but not to sit at. */
const NO_SHELLS = new Set([
  'nologin',
  'false',
  'true',
  'sync',
  'git-shell',
  'rbash',
  'rzsh',
  'tmux',
  'screen',
  'systemd-home-fallback-shell',
])
/** WSL starts its service for the first question after the computer's start. */
const WSL_MS = 10_000

/** Those there are, the person's own first. */
export async function findShells(environment: Environment): Promise<LocalShell[]> {
  const known =
    process.platform === 'win32'
      ? windowsShells(environment, await wslDistributions(environment))
      : unixShells(environment.SHELL || (userInfo().shell ?? ''), await readFile('/etc/shells', 'utf8').catch(() => ''), process.platform)
  const there = await Promise.all(known.map(({ file }) => canRun(file)))
  return onceEach(known.filter((_, index) => there[index]))
}

/** `listed`: shells(5). A desktop of macOS gives its apps no PATH, which a login shell makes. */
export function unixShells(own: string, listed: string, platform: NodeJS.Platform): LocalShell[] {
  const files = [own, ...listed.split('\n').map((line) => line.replace(/#.*/, '').trim()), '/bin/sh']
  return files
    .filter((file) => isAbsolute(file) && !NO_SHELLS.has(basename(file)))
    .map((file) => ({ id: basename(file), name: basename(file), file, args: platform === 'darwin' ? ['-l'] : [] }))
}

export function windowsShells(environment: Environment, distributions: readonly string[]): LocalShell[] {
  const system = win32.join(environment.SystemRoot || 'C:\\Windows', 'System32')
  const programs = environment.ProgramFiles || 'C:\\Program Files'
  const shell = (id: string, name: string, file: string, args: readonly string[] = []): LocalShell => ({ id, name, file, args })
  return [
    shell('pwsh', 'PowerShell', win32.join(programs, 'PowerShell', '7', 'pwsh.exe'), ['-NoLogo']),
    shell('powershell', 'Windows PowerShell', win32.join(system, 'WindowsPowerShell', 'v1.0', 'powershell.exe'), ['-NoLogo']),
    shell('cmd', 'Command Prompt', environment.ComSpec || win32.join(system, 'cmd.exe')),
    shell('git-bash', 'Git Bash', win32.join(programs, 'Git', 'bin', 'bash.exe'), ['--login', '-i']),
    ...distributions.map((name) => shell(`wsl:${name}`, `${name} (WSL)`, win32.join(system, 'wsl.exe'), ['-d', name, '--cd', '~'])),
  ]
}

/** `wsl --list --quiet` writes UTF-16, a line each; Docker's own are no place to work in. */
export function parseDistributions(output: Buffer): string[] {
  return output
    .toString('utf16le')
    .split(/\r?\n/)
    .map((line) => line.replaceAll('\0', '').trim())
    .filter((name) => name !== '' && !name.startsWith('docker-desktop'))
}

async function wslDistributions(environment: Environment): Promise<string[]> {
  const wsl = win32.join(environment.SystemRoot || 'C:\\Windows', 'System32', 'wsl.exe')
  const run = promisify(execFile)
  // Without WSL it is not there, or ends with a page of help.
  const answer = await run(wsl, ['--list', '--quiet'], { encoding: 'buffer', timeout: WSL_MS, windowsHide: true }).catch(() => undefined)
  return answer ? parseDistributions(answer.stdout) : []
}

function canRun(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
}

/** `/bin/bash` and `/usr/bin/bash` are one. */
function onceEach(shells: readonly LocalShell[]): LocalShell[] {
  return shells.filter(({ id }, index) => shells.findIndex((other) => other.id === id) === index)
}
