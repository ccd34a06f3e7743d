import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, instance, terminal, test } from '../support/page.ts'

test('a key is made, and installed on the host of a tab, after which it is there already', async ({ page, openApp, home }) => {
  await openApp({ home, arguments: ['--demo'] })
  await page.getByRole('button', { name: 'Settings' }).click()
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('tab', { name: 'Keys' }).click()
  await settings.getByRole('button', { name: 'Make a key…' }).click()
  const dialog = page.getByRole('dialog', { name: 'A new key' })
  await dialog.getByLabel('File name').fill('fresh')
  await dialog.getByLabel('Comment').fill('made here')
  await dialog.getByLabel('Passphrase', { exact: true }).fill('one')
  await dialog.getByLabel('Passphrase, again').fill('other')
  await dialog.getByRole('button', { name: 'Make it' }).click()
  await expect(dialog).toContainText('Not the same as above')
  await dialog.getByLabel('Passphrase', { exact: true }).fill('')
  await dialog.getByLabel('Passphrase, again').fill('')
  await dialog.getByRole('button', { name: 'Make it' }).click()
  await expect(dialog).toContainText(/ssh-ed25519 AAAA\S+ made here/)
  expect(await readFile(join(home, '.ssh', 'fresh.pub'), 'utf8')).toContain('made here')
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await expect(settings).toContainText('fresh')
  await page.keyboard.press('Escape')

  await instance(page, 'web-1').dblclick()
  await expect(terminal(page, 'web-1')).toContainText('ubuntu@web-1:~$')
  for (const said of ['fresh opens ubuntu on web-1 from now on.', 'fresh was installed on web-1 already.']) {
    await page.getByRole('tab', { name: /web-1/ }).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Install a key on this host…' }).click()
    const install = page.getByRole('dialog', { name: 'Install a key on web-1' })
    await install.getByRole('combobox', { name: 'Key' }).click()
    await page.getByRole('option', { name: 'fresh' }).click()
    await install.getByRole('button', { name: 'Install it' }).click()
    await expect(page.getByText(said)).toBeVisible()
  }
})
