import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { startKnownHost, WITHOUT_SFTP } from '../support/host.ts'
import { expect, instance, test } from '../support/page.ts'

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
  await files.getByRole('combobox', { name: 'Path' }).fill(host.sshd.folder)
  await page.keyboard.press('Enter')
  await expect(files.getByText('sshd_config')).toBeVisible()
  await host.remove()
})
