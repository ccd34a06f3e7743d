import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, instance, terminal, test } from '../support/page.ts'

test('a new instance is launched with a new key, seen booting, and its terminal opens without a question', async ({ page, openApp }) => {
  test.slow()
  const app = await openApp({ arguments: ['--demo'] })
  await expect(instance(page, 'web-1')).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Launch an instance…' }).click()
  const dialog = page.getByRole('dialog')
  // The profile's own, though another one is listed first.
  await expect(dialog.getByRole('combobox', { name: 'Region' })).toHaveValue('us-east-1')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('my server', { timeout: 30_000 })
  await expect(dialog.getByRole('combobox', { name: 'Image' })).toHaveValue(/^Amazon Linux 2023/)
  await expect(dialog.getByRole('combobox', { name: 'Type' })).toHaveValue(/^t3\.micro.*free tier/)
  await expect(dialog).toContainText('About $7.59 a month')
  await dialog.getByRole('combobox', { name: 'Image' }).click()
  await page.getByRole('option', { name: /^Debian 12/ }).click()
  await dialog.getByRole('combobox', { name: 'Key' }).click()
  await page.getByRole('option', { name: 'A new key, made on this computer' }).click()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  await dialog.getByRole('button', { name: 'Show the change' }).click()
  await expect(dialog).toContainText('lets in SSH from this computer alone (192.0.2.77)', { timeout: 30_000 })
  await expect(dialog).toContainText('aws ec2 run-instances')
  await dialog.getByRole('button', { name: 'Launch', exact: true }).click()
  await expect(instance(page, 'my server')).toBeVisible({ timeout: 30_000 })
  await expect(terminal(page, 'my server')).toContainText('admin@my server', { timeout: 60_000 })
  const [pem] = (await readdir(join(app.home, '.ssh'))).filter((name) => name.endsWith('.pem'))
  expect(pem).toBe('mooring-my-server.pem')
  expect(((await stat(join(app.home, '.ssh', pem ?? ''))).mode & 0o777).toString(8)).toBe('600')
})
