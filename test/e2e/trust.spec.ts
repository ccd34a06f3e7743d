import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { type KnownHost, startKnownHost } from '../support/host.ts'
import { answers, expect, terminal, test } from '../support/page.ts'
import { makeKey } from '../support/sshd.ts'

const run = promisify(execFile)

let host: KnownHost
const knownHosts = () => join(host.home, '.ssh', 'known_hosts')
const question = (page: Page) => page.getByRole('dialog', { name: 'Is this the right host?' })

test.beforeEach(async () => {
  host = await startKnownHost()
})
test.afterEach(() => host.remove())

async function quickConnect(page: Page) {
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByRole('combobox', { name: 'Connect to' }).fill(`${host.sshd.user}@127.0.0.1:${host.sshd.port}`)
  await page.keyboard.press('Enter')
}

/** The prompt first: what is typed while a dialog closes is not the terminal's yet. */
async function inShell(page: Page, line: string, wanted: string) {
  await expect(terminal(page, '127.0.0.1')).toContainText('ready> ')
  await answers(page, '127.0.0.1', line, wanted)
}

/** As OpenSSH itself prints it. */
async function fingerprintOf(publicKeyFile: string): Promise<string> {
  const { stdout } = await run('ssh-keygen', ['-l', '-f', publicKeyFile])
  return stdout.split(' ')[1] ?? ''
}
const serverFingerprint = () => fingerprintOf(join(host.sshd.folder, 'host_ed25519.pub'))

/** OpenSSH itself, which asks nothing: it fails unless it finds the host's key in the file. */
async function sshAccepts(): Promise<string> {
  const options = ['StrictHostKeyChecking=yes', `UserKnownHostsFile=${knownHosts()}`, 'GlobalKnownHostsFile=none', 'BatchMode=yes']
  const args = options.flatMap((option) => ['-o', option])
  const key = join(host.home, '.ssh', 'id_ed25519')
  const login = ['-F', 'none', '-i', key, '-p', String(host.sshd.port), `${host.sshd.user}@127.0.0.1`]
  const ssh = run('ssh', [...args, ...login])
  ssh.child.stdin?.end('echo ssh-$((40+2))\n')
  return (await ssh).stdout
}

test('first contact shows the fingerprint that ssh-keygen prints, and what is trusted is known to ssh', async ({ page, openApp }) => {
  await writeFile(knownHosts(), '# mine\nexample.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKz1bmPLVE0XcT8vYVJtS8nI5b4Q2eYvGxT1bCN0V1Wn\n')
  const before = await readFile(knownHosts(), 'utf8')
  await expect(sshAccepts()).rejects.toThrow('Host key verification failed')
  await openApp({ home: host.home })
  await quickConnect(page)
  await expect(question(page)).toContainText(`127.0.0.1, port ${host.sshd.port}`)
  await expect(question(page)).toContainText('It is not one of your instances, so AWS cannot vouch for it.')
  await expect(question(page)).toContainText(await serverFingerprint())
  const { stdout } = await run('ssh-keygen', ['-lv', '-f', join(host.sshd.folder, 'host_ed25519.pub')])
  const [, ...picture] = stdout.trimEnd().split('\n')
  await expect(question(page).getByRole('img', { name: 'Picture of the key' })).toHaveText(picture.join('\n'))

  await question(page).getByRole('button', { name: 'Trust and connect' }).click()
  await inShell(page, 'echo in-$((40+2))', 'in-42')
  await expect(page.getByRole('toolbar', { name: 'About 127.0.0.1' })).toContainText('host key accepted by you')
  const after = await readFile(knownHosts(), 'utf8')
  expect(after.startsWith(before)).toBe(true)
  expect(after.slice(before.length).trim().split('\n')).toHaveLength(1)
  expect(await sshAccepts()).toContain('ssh-42')
})

test('a host that is not trusted is not connected to, nothing is kept, and the question comes again', async ({ page, openApp }) => {
  await writeFile(knownHosts(), '')
  await openApp({ home: host.home })
  await quickConnect(page)
  await expect(question(page).getByRole('button', { name: 'Do not connect' })).toBeFocused()
  await page.keyboard.press('Enter')
  const alert = terminal(page, '127.0.0.1').getByRole('alert')
  await expect(alert).toContainText('You did not trust the host key of')
  expect(await readFile(knownHosts(), 'utf8')).toBe('')
  expect(host.sshd.log()).not.toContain('Accepted publickey')
  await alert.getByRole('button', { name: 'Try again' }).click()
  await question(page).getByRole('button', { name: 'Trust and connect' }).click()
  await inShell(page, 'echo in-$((40+2))', 'in-42')
})

test('a changed host key is refused with both fingerprints, and forgetting the old one is first contact again', async ({
  page,
  openApp,
}) => {
  const old = makeKey(join(host.sshd.folder, 'old'))
  const others = '# mine\nexample.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKz1bmPLVE0XcT8vYVJtS8nI5b4Q2eYvGxT1bCN0V1Wn\n'
  await writeFile(knownHosts(), `${others}[127.0.0.1]:${host.sshd.port} ${old.publicKey}\n`)
  const [expected, actual] = await Promise.all([fingerprintOf(`${old.path}.pub`), serverFingerprint()])
  await openApp({ home: host.home })
  await quickConnect(page)
  const alert = terminal(page, '127.0.0.1').getByRole('alert')
  await expect(alert).toContainText(`expected ${expected}, got ${actual}`)
  expect(host.sshd.log()).not.toContain('Accepted publickey')
  await expect(sshAccepts()).rejects.toThrow('REMOTE HOST IDENTIFICATION HAS CHANGED')

  await alert.getByRole('button', { name: 'Try again' }).click()
  await expect(alert).toContainText(`expected ${expected}, got ${actual}`)
  await alert.getByRole('button', { name: 'Forget the old key…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Forget the host key of/ })
  await expect(dialog).toContainText(expected)
  await expect(dialog).toContainText(actual)
  await dialog.getByRole('button', { name: 'Forget it and connect' }).click()
  await expect(question(page)).toContainText(actual)
  await question(page).getByRole('button', { name: 'Trust and connect' }).click()
  await inShell(page, 'echo in-$((40+2))', 'in-42')
  expect(await sshAccepts()).toContain('ssh-42')
  expect(await readFile(knownHosts(), 'utf8')).toMatch(new RegExp(`^${others}`))
  expect(await readFile(knownHosts(), 'utf8')).not.toContain(old.publicKey)
})

test('a key that was revoked is never trusted', async ({ page, openApp }) => {
  await writeFile(knownHosts(), `@revoked * ${host.sshd.hostKeys[0]}\n`)
  await openApp({ home: host.home })
  await quickConnect(page)
  const alert = terminal(page, '127.0.0.1').getByRole('alert')
  await expect(alert).toContainText('was revoked. It must not be trusted')
  await expect(page.getByRole('button', { name: 'Forget the old key…' })).toHaveCount(0)
})
