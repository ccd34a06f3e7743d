import { expect, instance, terminal, test } from '../support/page.ts'

test.beforeEach(async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'web-1').dblclick()
  await expect(terminal(page, 'web-1')).toContainText('ubuntu@web-1:~$')
})

test('keys are changed by pressing others; a clash is named, refused to the shell, and taken over where the person says so', async ({
  page,
}) => {
  await page.keyboard.press('Control+,')
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('tab', { name: 'Shortcuts' }).click()
  const find = settings.getByRole('textbox', { name: 'Find a command or its keys' })
  await find.fill('audit')
  const audit = settings.getByRole('button', { name: /Change the keys of: .*audit/i })
  await expect(audit).toHaveText('none')
  const name = (await audit.getAttribute('aria-label'))?.replace('Change the keys of: ', '') ?? ''
  await audit.click()
  const press = settings.getByRole('textbox', { name: `New keys of: ${name}` })
  await press.press('Control+c')
  await expect(settings.getByRole('alert')).toContainText("Ctrl+C stays the shell's")
  await expect(settings.getByRole('button', { name: 'Take over' })).toBeHidden()
  await press.press('Control+Shift+F')
  await expect(settings.getByRole('alert')).toContainText('Ctrl+Shift+F is already “Find in the terminal”.')
  await settings.getByRole('button', { name: 'Take over' }).click()
  await expect(audit).toHaveText('Ctrl+Shift+F')
  await find.fill('find in')
  await expect(settings.getByRole('button', { name: 'Change the keys of: Find in the terminal' })).toHaveText('none')
  await page.keyboard.press('Escape')

  const input = terminal(page, 'web-1').getByRole('textbox', { name: 'Terminal input' })
  await input.focus()
  await page.keyboard.press('Control+Shift+F')
  await expect(page.getByRole('dialog', { name })).toBeVisible()
  await page.keyboard.press('Escape')
  await input.focus()
  await page.keyboard.type('sleep 100')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+c')
  await expect(terminal(page, 'web-1')).toContainText('^C')

  await page.reload()
  await expect(terminal(page, 'web-1')).toContainText('^C')
  await page.keyboard.press('Control+,')
  await settings.getByRole('tab', { name: 'Shortcuts' }).click()
  await find.fill('audit')
  await expect(audit).toHaveText('Ctrl+Shift+F')
  await settings.getByRole('button', { name: 'All as at first' }).click()
  await page
    .getByRole('dialog', { name: 'Give every command its usual keys again?' })
    .getByRole('button', { name: 'All as at first' })
    .click()
  await expect(audit).toHaveText('none')
})

test('the search offers what can be done, with its keys, by a few letters, also for the instance in front', async ({ page }) => {
  await page.keyboard.press('Control+Shift+P')
  const search = page.getByRole('dialog', { name: 'Search' })
  const box = search.getByRole('textbox', { name: 'Search' })
  await box.fill('strig')
  await expect(search.getByRole('button', { name: 'Split to the right' })).toContainText('Alt+Shift+=')
  await box.fill('settings: sh')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Settings' }).getByRole('tab', { name: 'Shortcuts' })).toHaveAttribute(
    'aria-selected',
    'true',
  )
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+Shift+P')
  await box.fill('web-1: stop')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: /Stop/ })).toContainText('web-1')
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+Shift+P')
  await box.fill('language: esp')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Ajustes' })).toBeVisible()
  await page.keyboard.press('Control+Shift+P')
  const buscar = page.getByRole('dialog', { name: 'Buscar' })
  await buscar.getByRole('textbox', { name: 'Buscar' }).fill('split')
  await expect(buscar.getByRole('button', { name: /Dividir a la derecha/ })).toBeVisible()
})

test('menus show the keys as they are now', async ({ page }) => {
  await page.getByRole('main').getByRole('tab', { name: /web-1/ }).click({ button: 'right' })
  await expect(page.getByRole('menuitem', { name: 'Split to the right' })).toContainText('Alt+Shift+=')
})
