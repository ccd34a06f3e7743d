import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { expect, instance, terminal, test } from '../support/page.ts'

test('settings go into a file and come back from one, which is shown first; a broken one changes nothing', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await page.getByRole('button', { name: 'Settings' }).click()
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: 'In a file' }).click()
  const saved = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export' }).click()
  const exported: unknown = JSON.parse(await readFile(await (await saved).path(), 'utf8'))
  expect(exported).toMatchObject({ mooringSettings: 1, settings: { theme: 'system', fontSize: 14 } })

  async function choose(name: string, content: unknown) {
    const chooser = page.waitForEvent('filechooser')
    await dialog.getByRole('button', { name: 'Import…' }).click()
    await (await chooser).setFiles({ name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(content)) })
  }
  await choose('broken.json', { mooringSettings: 1, settings: { theme: 'dark', fontSize: 4000 } })
  await expect(dialog.getByRole('alert')).toContainText('broken.json: the value of “Font size” cannot be. Nothing was changed.')
  await choose('mine.json', { mooringSettings: 1, settings: { theme: 'dark' } })
  await expect(dialog.getByRole('table', { name: 'What mine.json changes' }).getByRole('row', { name: 'Theme system dark' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'light')
  await dialog.getByRole('button', { name: 'Change 1 setting' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
})

test('what goes to a helper is read first, and holds no name, address or account', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await expect(instance(page, 'web-1')).toBeVisible()
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByRole('combobox', { name: 'Connect to' }).fill('alice@secret-host.example:1')
  await page.keyboard.press('Enter')
  await expect(terminal(page, 'secret-host.example').getByRole('alert')).toBeVisible()
  await page.getByRole('button', { name: 'Settings' }).click()
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: 'In a file' }).click()
  await dialog.getByRole('button', { name: 'Show', exact: true }).click()
  const shown = dialog.getByRole('textbox', { name: 'Diagnostics' })
  await expect(shown).toHaveValue(/## Mooring\nversion: /)
  const text = await shown.inputValue()
  expect(text).toContain('instances: 12')
  expect(text).toContain('"msg"')
  for (const own of ['secret-host', 'web-1', '203.0.113', '123456789012']) expect(text).not.toContain(own)
  const saved = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save…' }).click()
  expect(await readFile(await (await saved).path(), 'utf8')).toBe(text)
  expect((await new AxeBuilder({ page }).include('[role="dialog"]').analyze()).violations).toEqual([])
})
