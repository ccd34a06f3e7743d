import { expect, test } from 'vitest'
import { parseDistributions, unixShells, windowsShells } from '../../../core/terminals/local/shells.ts'

test('the own shell comes first, and what nobody sits at is no shell', () => {
  const listed =
    '# /etc/shells\n/bin/sh\n/bin/bash\n/usr/bin/git-shell\n/usr/sbin/nologin\n/usr/bin/tmux\n  /usr/bin/fish # mine\nnot/absolute\n'
  expect(unixShells('/usr/bin/zsh', listed, 'linux').map(({ file }) => file)).toEqual([
    '/usr/bin/zsh',
    '/bin/sh',
    '/bin/bash',
    '/usr/bin/fish',
    '/bin/sh',
  ])
  expect(unixShells('/sbin/nologin', '', 'linux')).toEqual([{ id: 'sh', name: 'sh', file: '/bin/sh', args: [] }])
  expect(unixShells('/bin/zsh', '', 'darwin')[0]?.args).toEqual(['-l'])
})

test('Windows has PowerShell, the command prompt, Git Bash and each distribution of WSL', () => {
  const shells = windowsShells({ SystemRoot: 'D:\\Windows', ProgramFiles: 'D:\\Programs' }, ['Ubuntu-24.04'])
  expect(shells.map(({ id, name, file }) => [id, name, file])).toEqual([
    ['pwsh', 'PowerShell', 'D:\\Programs\\PowerShell\\7\\pwsh.exe'],
    ['powershell', 'Windows PowerShell', 'D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'],
    ['cmd', 'Command Prompt', 'D:\\Windows\\System32\\cmd.exe'],
    ['git-bash', 'Git Bash', 'D:\\Programs\\Git\\bin\\bash.exe'],
    ['wsl:Ubuntu-24.04', 'Ubuntu-24.04 (WSL)', 'D:\\Windows\\System32\\wsl.exe'],
  ])
  expect(shells.at(-1)?.args).toEqual(['-d', 'Ubuntu-24.04', '--cd', '~'])
})

test('wsl.exe answers in UTF-16, with Docker’s own among them', () => {
  const answer = Buffer.from('Ubuntu-24.04\r\ndocker-desktop\r\ndocker-desktop-data\r\nDebian\r\n\r\n', 'utf16le')
  expect(parseDistributions(answer)).toEqual(['Ubuntu-24.04', 'Debian'])
  expect(parseDistributions(Buffer.alloc(0))).toEqual([])
})
