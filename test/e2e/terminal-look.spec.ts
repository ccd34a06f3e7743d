import { expect, instance, terminal, test } from '../support/page.ts'

test('themes are looked at before they are chosen, imported, and a bookmark has its own', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'web-1').dblclick()
  await expect(terminal(page, 'web-1')).toContainText('ubuntu@web-1:~$')
  const screen = terminal(page, 'web-1').locator('.xterm-viewport').locator('xpath=../../..')
  const background = () => screen.evaluate((element) => getComputedStyle(element).backgroundColor)
  await page.getByRole('button', { name: 'Settings' }).click()
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('tab', { name: 'Terminal look' }).click()
  const own = await background()
  await settings.getByRole('radio', { name: 'Dracula' }).hover()
  await expect.poll(background, { timeout: 30_000 }).toBe('rgb(40, 42, 54)')
  await settings.getByRole('tab', { name: 'Terminal look' }).hover()
  await expect.poll(background, { timeout: 30_000 }).toBe(own)
  await settings.getByRole('radio', { name: 'Nord' }).click()
  await settings.getByRole('tab', { name: 'Terminal look' }).hover()
  await expect.poll(background, { timeout: 30_000 }).toBe('rgb(46, 52, 64)')

  const names = ['black', 'red', 'green', 'yellow', 'blue', 'purple', 'cyan', 'white']
  const colours = names.flatMap((name) => [name, `bright${name[0]?.toUpperCase()}${name.slice(1)}`]).map((name) => [name, '#102030'])
  const scheme = { name: 'Mine', background: '#010203', foreground: '#EEEEEE', ...Object.fromEntries(colours) }
  const chooser = page.waitForEvent('filechooser')
  await settings.getByRole('button', { name: 'Import schemes…' }).click()
  await (await chooser).setFiles([
    { name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(scheme)) },
    { name: 'notes.json', mimeType: 'application/json', buffer: Buffer.from('{}') },
  ])
  await expect(page.getByRole('alert').filter({ hasText: 'notes.json holds no colour scheme' })).toBeVisible()
  await expect(settings.getByRole('radio', { name: 'Mine' })).toBeChecked()
  await expect.poll(background, { timeout: 30_000 }).toBe('rgb(1, 2, 3)')
  await settings.getByLabel('Font', { exact: true }).fill('Fira Code')
  await settings.getByLabel('Font', { exact: true }).press('Enter')
  await settings.getByText('Bar', { exact: true }).click()
  await page.keyboard.press('Escape')
  await expect
    .poll(
      () =>
        terminal(page, 'web-1')
          .locator('.xterm-rows')
          .evaluate((element) => getComputedStyle(element).fontFamily),
      { timeout: 30_000 },
    )
    .toContain('Fira Code')

  await instance(page, 'web-1').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Bookmark' }).click()
  await page.getByRole('button', { name: 'Bookmarks', exact: true }).click()
  await page.getByRole('treeitem', { name: /^web-1/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Edit…' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Theme of the terminals').first().click()
  await page.getByRole('option', { name: 'Solarized Light' }).click()
  await form.getByRole('button', { name: 'Save' }).click()
  await expect.poll(background, { timeout: 30_000 }).toBe('rgb(253, 246, 227)')
})
