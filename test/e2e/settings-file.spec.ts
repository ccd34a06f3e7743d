import { readFile } from 'node:fs/promises'
import { expect, test } from '../support/page.ts'

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
