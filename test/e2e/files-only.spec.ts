import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { startKnownHost, WITHOUT_SFTP } from '../support/host.ts'
import { expect, instance, test } from '../support/page.ts'
import { startSshd } from '../support/sshd.ts'

test('a host that gives SFTP alone opens as its files, and says so', async ({ page, openApp }) => {
  const jail = mkdtempSync('/run/mooring-jail-')
  mkdirSync(join(jail, 'inbox'))
  writeFileSync(join(jail, 'inbox', 'hello.txt'), 'hello\n')
  const host = await startKnownHost({ config: ['ForceCommand internal-sftp', `ChrootDirectory ${jail}`] })
  await openApp({ home: host.home })
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByRole('combobox', { name: 'Connect to' }).fill(`${host.sshd.user}@127.0.0.1:${host.sshd.port}`)
  await page.keyboard.press('Enter')
  const files = page.getByRole('region', { name: '127.0.0.1, files only' })
  await expect(files.getByText('127.0.0.1 gives files only: it lets nobody into a shell.')).toBeVisible()
  await files.getByText('inbox').dblclick()
  await expect(files.getByText('hello.txt')).toBeVisible()
  await expect(page.getByRole('region', { name: 'Terminal 127.0.0.1' })).toHaveCount(0)
  expect((await new AxeBuilder({ page }).include('[aria-label="127.0.0.1, files only"]').analyze()).violations).toEqual([])
  await host.remove()
  rmSync(jail, { recursive: true })
})

test('the files of an instance are opened without a terminal, and a terminal from there', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'web-1').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Open files' }).click()
  const files = page.getByRole('region', { name: 'web-1, files only' })
  await expect(files.getByText('welcome.txt')).toBeVisible()
  await page.getByRole('toolbar', { name: 'About web-1' }).getByRole('button', { name: 'Open a terminal' }).click()
  await expect(page.getByRole('region', { name: 'Terminal web-1 (2)' })).toContainText('@web-1:~$')
})

test('a host without SFTP shows its files all the same, and says how they go', async ({ page, openApp }) => {
  const host = await startKnownHost({ config: [WITHOUT_SFTP] })
  await openApp({ home: host.home })
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByRole('combobox', { name: 'Connect to' }).fill(`sftp://${host.sshd.user}@127.0.0.1:${host.sshd.port}`)
  await page.keyboard.press('Enter')
  const files = page.getByRole('region', { name: '127.0.0.1, files only' })
  await expect(files.getByText('This host has no SFTP: files go by SCP and its own commands.')).toBeVisible()
  await files.getByRole('textbox', { name: 'Path' }).fill(host.sshd.folder)
  await page.keyboard.press('Enter')
  await expect(files.getByText('sshd_config')).toBeVisible()
  await host.remove()
})

test('two panes of two hosts: F5 copies from one to the other, with keys alone', async ({ page, openApp }) => {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-panes-'))
  for (const name of ['left', 'right']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'left', 'report.txt'), 'report\n')
  const host = await startKnownHost({ config: ['ForceCommand internal-sftp'] })
  const other = await startSshd({ authorizedKeys: [readFileSync(join(host.home, '.ssh', 'id_ed25519.pub'), 'utf8').trim()] })
  appendFileSync(join(host.home, '.ssh', 'known_hosts'), other.hostKeys.map((key) => `[127.0.0.1]:${other.port} ${key}\n`).join(''))
  await openApp({ home: host.home })
  const openFiles = async (port: number, name: string, path: string) => {
    await page.getByRole('button', { name: 'New connection' }).first().click()
    await page.getByRole('combobox', { name: 'Connect to' }).fill(`sftp://${host.sshd.user}@127.0.0.1:${port}`)
    await page.keyboard.press('Enter')
    const files = page.getByRole('region', { name: `${name}, files only` })
    await files.getByRole('textbox', { name: 'Path' }).fill(join(folder, path))
    await page.keyboard.press('Enter')
    return files
  }
  const left = await openFiles(host.sshd.port, '127.0.0.1', 'left')
  await page.getByRole('toolbar', { name: 'About 127.0.0.1' }).getByRole('button', { name: 'Split to the right' }).click()
  await expect(page.getByRole('region', { name: '127.0.0.1 (2), files only' })).toBeVisible()
  const right = await openFiles(other.port, '127.0.0.1 (3)', 'right')
  await left.getByRole('grid').focus()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('F5')
  await expect(right.getByText('report.txt')).toBeVisible({ timeout: 30_000 })
  expect(readFileSync(join(folder, 'right', 'report.txt'), 'utf8')).toBe('report\n')
  await page.keyboard.press('Tab')
  await expect(right.getByRole('grid')).toBeFocused()
  await host.remove()
  await other.stop()
  rmSync(folder, { recursive: true })
})
