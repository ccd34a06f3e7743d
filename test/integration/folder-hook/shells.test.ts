// biome-ignore-all lint/suspicious/noControlCharactersInRegex: they are what is looked for.

import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readOsc7 } from '../../../renderer/terminal/shell-folder.ts'
import { startCore, type TestCore } from '../../support/core.ts'
import { type KnownHost, startKnownHost } from '../../support/host.ts'

/** Every byte that a name may have, but for the slash. */
const HOSTILE = 'a b%41\'"$(x)`\\;é~ñ\u001b]0;t'

let host: KnownHost
let core: TestCore
/** The login's home, with the shell that it names. */
let home: string
/** Says which shell that is. */
let shellFile: string

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'mooring-hook-'))
  const start = join(home, '..', `${home.slice(home.lastIndexOf('/') + 1)}.sh`)
  writeFileSync(
    start,
    `#!/bin/sh\nexport HOME=${home} SHELL="$(cat ${start}.shell)"\nunset ZDOTDIR XDG_CONFIG_HOME PROMPT_COMMAND\ncd\nif [ "$SSH_ORIGINAL_COMMAND" = internal-sftp ]; then exec /usr/lib/openssh/sftp-server; fi\nif [ -n "$SSH_ORIGINAL_COMMAND" ]; then exec sh -c "$SSH_ORIGINAL_COMMAND"; fi\nexec "$SHELL" -l -i\n`,
    { mode: 0o755 },
  )
  shellFile = `${start}.shell`
  host = await startKnownHost({ config: [`ForceCommand ${start}`] })
  core = await startCore(host.home)
})
afterAll(async () => {
  await core?.close()
  await host?.remove()
  for (const path of [home, shellFile, shellFile.replace(/\.shell$/, '')]) rmSync(path, { recursive: true, force: true })
})
beforeEach(() => {
  for (const name of readdirSync(home)) rmSync(join(home, name), { recursive: true })
})

async function openTerminal(): Promise<string> {
  const { id } = await core.client.terminals.open({ target: host.target, size: { cols: 80, rows: 24 } })
  await core.terminal(id, ({ phase }) => phase.kind === 'open')
  return id
}
function loginShell(path: string) {
  writeFileSync(shellFile, path)
}

/** The folders that a shell tells, as a terminal reads them, after `line` was typed into it. */
async function foldersAfter(line: string, count: number): Promise<(string | undefined)[]> {
  const id = await openTerminal()
  const terminal = core.attach(id)
  const told = (text: string) => [...text.matchAll(/\x1b\]7;([^\x07\x1b]*)\x1b\\/g)].map(([, url]) => readOsc7(url ?? '')?.path)
  await terminal.until(/\x1b\]7;/)
  terminal.send(`${line}\n`)
  const printed = await terminal.until(new RegExp(`(\\x1b\\]7;[\\s\\S]*){${count}}`))
  await core.client.terminals.close({ id })
  return told(printed)
}

describe.each([
  ['bash', '/bin/bash', '.bashrc', '. "$HOME/.bashrc"\n'],
  ['zsh', '/usr/bin/zsh', '.zshrc', undefined],
  ['fish', '/usr/bin/fish', '.config/fish/conf.d/mooring.fish', undefined],
])('the hook of %s', (shell, program, name, profile) => {
  test('is put into its file once, tells every folder truly, and goes without a trace', async () => {
    loginShell(program)
    if (profile) writeFileSync(join(home, '.profile'), profile)
    const own = shell === 'fish' ? undefined : '# mine\n'
    if (own) writeFileSync(join(home, name), own, { mode: 0o600 })
    const id = await openTerminal()
    const file = join(home, name)
    const { folderHook } = core.client
    expect(await folderHook.look({ terminalId: id })).toMatchObject({ shell, file, state: 'absent' })
    expect(await folderHook.install({ terminalId: id })).toMatchObject({ shell, file, state: 'installed' })
    const text = readFileSync(file, 'utf8')
    await folderHook.install({ terminalId: id })
    expect(readFileSync(file, 'utf8')).toBe(text)
    if (own) expect([text.startsWith(own), statSync(file).mode & 0o777]).toEqual([true, 0o600])

    const folder = join(home, HOSTILE)
    mkdirSync(folder)
    const link = join(home, 'link')
    symlinkSync(folder, link)
    const folders = await foldersAfter(`cd link; ${shell === 'fish' ? 'cd (pwd -P)' : 'cd -P .'}`, 2)
    expect(folders.slice(0, 2)).toEqual([home, folder])

    expect(await folderHook.remove({ terminalId: id })).toMatchObject({ state: 'absent' })
    expect(existsSync(file) ? readFileSync(file, 'utf8') : undefined).toBe(own)
    await core.client.terminals.close({ id })
  })
})

test('a prompt command of one’s own stays, with its exit code, and whatever it ends with', async () => {
  loginShell('/bin/bash')
  writeFileSync(join(home, '.profile'), '. "$HOME/.bashrc"\n')
  writeFileSync(join(home, '.bashrc'), "PROMPT_COMMAND='echo code:$?;'\n")
  const id = await openTerminal()
  await core.client.folderHook.install({ terminalId: id })
  await core.client.terminals.close({ id })
  const next = await openTerminal()
  const terminal = core.attach(next)
  await terminal.until('code:0')
  terminal.send('(exit 7)\n')
  await terminal.until(/code:7[\s\S]*\x1b\]7;/)
  await core.client.terminals.close({ id: next })
})

test('of bash’s files it goes into the one that a login reads, and dash can still read that one', async () => {
  loginShell('/bin/bash')
  writeFileSync(join(home, '.profile'), 'export A=1\n')
  const id = await openTerminal()
  expect(await core.client.folderHook.install({ terminalId: id })).toMatchObject({ file: join(home, '.profile') })
  expect((await foldersAfter('cd /', 2)).slice(0, 2)).toEqual([home, '/'])
  loginShell('/bin/dash')
  const dash = await openTerminal()
  const terminal = core.attach(dash)
  terminal.send('echo "A is $A"\n')
  expect(await terminal.until('A is 1')).not.toMatch(/syntax|rror/)
  expect(await core.client.folderHook.look({ terminalId: dash })).toBeUndefined()
})

test('a file that is a link elsewhere is changed where it is, and stays a link', async () => {
  loginShell('/usr/bin/zsh')
  mkdirSync(join(home, 'dotfiles'))
  writeFileSync(join(home, 'dotfiles', 'zshrc'), '# mine\n')
  symlinkSync('dotfiles/zshrc', join(home, '.zshrc'))
  const id = await openTerminal()
  await core.client.folderHook.install({ terminalId: id })
  expect(readFileSync(join(home, 'dotfiles', 'zshrc'), 'utf8')).toContain('__mooring_folder')
  expect(lstatSync(join(home, '.zshrc')).isSymbolicLink()).toBe(true)
})
