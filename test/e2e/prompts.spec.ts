import { generateKeyPairSync } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import ssh2, { type AuthContext } from 'ssh2'
import { type KnownHost, startKnownHost } from '../support/host.ts'
import { answers, expect, terminal, test } from '../support/page.ts'
import { makeKey } from '../support/sshd.ts'

async function quickConnect(page: Page, target: string) {
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByRole('combobox', { name: 'Connect to' }).fill(target)
  await page.keyboard.press('Enter')
}

/** The prompt first: what is typed while a dialog closes is not the terminal's yet. */
async function inShell(page: Page, line: string, wanted: string) {
  await expect(terminal(page, '127.0.0.1')).toContainText('ready> ')
  await answers(page, '127.0.0.1', line, wanted)
}

test.describe('an encrypted key', () => {
  let host: KnownHost
  const target = () => `${host.sshd.user}@127.0.0.1:${host.sshd.port}`
  const dialog = (page: Page) => page.getByRole('dialog', { name: 'Passphrase of id_ed25519' })

  test.beforeEach(async () => {
    host = await startKnownHost()
    const locked = makeKey(join(host.sshd.folder, 'locked'), { passphrase: 'correct horse' })
    await writeFile(join(host.home, '.ssh', 'id_ed25519'), locked.text, { mode: 0o600 })
    await writeFile(join(host.home, '.ssh', 'id_ed25519.pub'), `${locked.publicKey}\n`)
    await writeFile(join(host.sshd.folder, 'authorized_keys'), `${locked.publicKey}\n`)
  })
  test.afterEach(() => host.remove())

  test('is asked its passphrase until it is right, and then not again while the app runs', async ({ page, openApp }) => {
    const app = await openApp({ home: host.home })
    await quickConnect(page, target())
    await dialog(page).getByLabel('Passphrase', { exact: true }).fill('wrong')
    await page.keyboard.press('Enter')
    await expect(dialog(page)).toContainText('That was not the passphrase. Try again.')
    await dialog(page).getByLabel('Passphrase', { exact: true }).fill('correct horse')
    await page.keyboard.press('Enter')
    await inShell(page, 'echo in-$((40+2)); exit', 'in-42')
    await expect(page.getByRole('toolbar', { name: 'About 127.0.0.1' })).toContainText('The shell ended')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('toolbar', { name: 'About 127.0.0.1' })).toContainText('host key known')
    await answers(page, '127.0.0.1', 'echo again-$((40+3))', 'again-43')
    await expect(dialog(page)).toHaveCount(0)

    await app.stop()
    await openApp({ home: host.home })
    await quickConnect(page, target())
    await expect(dialog(page)).toBeVisible()
  })

  test('is remembered when the person wishes it, in a vault that is made there and then', async ({ page, openApp }) => {
    const app = await openApp({ home: host.home })
    await quickConnect(page, target())
    await dialog(page).getByLabel('Passphrase', { exact: true }).fill('correct horse')
    await dialog(page).getByRole('checkbox', { name: 'Remember it in the vault' }).check()
    await dialog(page).getByRole('button', { name: 'Make the vault' }).click()
    const settings = page.getByRole('dialog', { name: 'Settings' })
    await settings.getByLabel('Master password', { exact: true }).fill('a long sentence')
    await settings.getByLabel('Master password, again').fill('a long sentence')
    await settings.getByRole('button', { name: 'Make the vault' }).click()
    await expect(settings).toContainText('The vault is open')
    await page.keyboard.press('Escape')
    await dialog(page).getByRole('button', { name: 'Continue' }).click()
    await inShell(page, 'echo in-$((40+2))', 'in-42')

    await app.stop()
    const files = await Promise.all(
      ['vault.json', 'mooring.log'].map((name) => readFile(join(app.dataFolder, name), 'utf8').catch(() => '')),
    )
    expect(files[0]).not.toBe('')
    expect(files.join()).not.toMatch(/correct horse|a long sentence/)

    await openApp({ home: host.home })
    await page.getByRole('button', { name: 'Settings' }).click()
    await settings.getByRole('tab', { name: 'Vault' }).click()
    await expect(settings).toContainText('The vault is locked')
    await settings.getByLabel('Master password', { exact: true }).fill('another')
    await page.keyboard.press('Enter')
    await expect(settings.getByRole('alert')).toHaveText("This is not the vault's master password. Try again.")
    await settings.getByLabel('Master password', { exact: true }).fill('a long sentence')
    await page.keyboard.press('Enter')
    await expect(settings).toContainText('The vault is open')
    await page.keyboard.press('Escape')
    await quickConnect(page, target())
    await inShell(page, 'echo unasked-$((40+2))', 'unasked-42')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
})

// OpenSSH asks for passwords through PAM, which needs the machine's own accounts: here ssh2's server asks.
test.describe('a host that asks', () => {
  const hostKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs1', format: 'pem' })
  const clients = new Set<{ end(): void }>()
  let server: ssh2.Server | undefined
  test.afterEach(() => {
    for (const client of clients) client.end()
    return new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
  })

  async function serve(home: string, onLogin: (login: AuthContext) => void): Promise<string> {
    const listening = new ssh2.Server({ hostKeys: [hostKey] }, (client) => {
      clients.add(client)
      client.on('error', () => undefined)
      client.on('authentication', onLogin)
      client.on('session', (accept) => {
        const session = accept()
        session.on('pty', (acceptPty) => acceptPty?.())
        session.on('shell', (acceptShell) => acceptShell().write('welcome ashore\r\n$ '))
      })
    })
    server = listening
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
    const { port } = listening.address() as { port: number }
    const key = ssh2.utils.parseKey(hostKey)
    if (key instanceof Error) throw key
    await writeFile(join(home, '.ssh', 'known_hosts'), `[127.0.0.1]:${port} ssh-rsa ${key.getPublicSSH().toString('base64')}\n`)
    return `ana@127.0.0.1:${port}`
  }

  test('for a password is given it, once more after a wrong one, and its echo is nowhere', async ({ page, openApp, home }) => {
    const target = await serve(home, (login) =>
      login.method === 'password' && login.password === 'open sesame' ? login.accept() : login.reject(['password']),
    )
    await openApp()
    await quickConnect(page, target)
    const dialog = page.getByRole('dialog', { name: /^Password of ana on 127\.0\.0\.1/ })
    await expect(dialog.getByLabel('Password', { exact: true })).toHaveAttribute('type', 'password')
    await dialog.getByLabel('Password', { exact: true }).fill('wrong')
    await page.keyboard.press('Enter')
    await expect(dialog).toContainText('That was not the password. Try again.')
    await dialog.getByLabel('Password', { exact: true }).fill('open sesame')
    await page.keyboard.press('Enter')
    await expect(terminal(page, '127.0.0.1')).toContainText('welcome ashore')
    await expect(page.getByRole('main')).not.toContainText('sesame')
  })

  test('for a password three times in vain is given up in words', async ({ page, openApp, home }) => {
    const target = await serve(home, (login) => login.reject(['password']))
    await openApp()
    await quickConnect(page, target)
    const dialog = page.getByRole('dialog', { name: /^Password of ana/ })
    for (const [attempt, again] of [0, 1, 1].entries()) {
      await expect(dialog.getByText('That was not the password. Try again.')).toHaveCount(again)
      await dialog.getByLabel('Password', { exact: true }).fill(`wrong ${attempt}`)
      await page.keyboard.press('Enter')
    }
    await expect(terminal(page, '127.0.0.1').getByRole('alert')).toContainText(
      'did not let ana in, and no key was there to try. Add the key; the server would accept password.',
    )
  })

  test('questions of its own is shown with its own words, and answered', async ({ page, openApp, home }) => {
    let given: readonly string[] = []
    const target = await serve(home, (login) => {
      if (login.method !== 'keyboard-interactive') return login.reject(['keyboard-interactive'])
      const questions = [
        { prompt: 'One-time code: ', echo: true },
        { prompt: 'PIN: ', echo: false },
      ]
      login.prompt(questions, 'Harbour office', 'Look at your token', (replies) => {
        given = replies
        login.accept()
      })
    })
    await openApp()
    await quickConnect(page, target)
    const dialog = page.getByRole('dialog', { name: /^127\.0\.0\.1.* asks ana$/ })
    await expect(dialog).toContainText("The server's own words:")
    await expect(dialog).toContainText('Look at your token')
    await expect(dialog.getByLabel('PIN:')).toHaveAttribute('type', 'password')
    await dialog.getByLabel('One-time code:').fill('123456')
    await dialog.getByLabel('PIN:').fill('99')
    await page.keyboard.press('Enter')
    await expect(terminal(page, '127.0.0.1')).toContainText('welcome ashore')
    expect(given).toEqual(['123456', '99'])
  })

  test('for another password before it lets in is given it, once both times agree', async ({ page, openApp, home }) => {
    let changed = ''
    const target = await serve(home, (login) => {
      if (login.method !== 'password') return login.reject(['password'])
      login.requestChange('It expired\u001b[2J yesterday', (given) => {
        changed = given
        login.accept()
      })
    })
    await openApp()
    await quickConnect(page, target)
    await page.getByLabel('Password', { exact: true }).fill('old one')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: /^A new password for ana on 127\.0\.0\.1/ })
    await expect(dialog).toContainText('It expired yesterday')
    await dialog.getByLabel('New password', { exact: true }).fill('new one')
    await dialog.getByLabel('New password, again').fill('no one')
    await page.keyboard.press('Enter')
    await expect(dialog).toContainText('Not the same as above')
    await dialog.getByLabel('New password, again').fill('new one')
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
    await page.keyboard.press('Enter')
    await expect(terminal(page, '127.0.0.1')).toContainText('welcome ashore')
    expect(changed).toBe('new one')
  })

  test('is not answered by a person who cancels, and nothing is left waiting', async ({ page, openApp, home }) => {
    const target = await serve(home, (login) => login.reject(['password']))
    await openApp()
    await quickConnect(page, target)
    await page
      .getByRole('dialog', { name: /^Password of ana/ })
      .getByRole('button', { name: 'Cancel' })
      .click()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await expect(terminal(page, '127.0.0.1').getByRole('alert')).toContainText('Cancelled.')
  })
})
