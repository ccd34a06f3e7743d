import { execFile } from 'node:child_process'
import { chmod, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, instance, terminal, test } from '../support/page.ts'

const demo = { arguments: ['--demo'] }
const grid = (page: Page) => page.getByRole('grid', { name: 'Instances' })
const details = (page: Page) => page.getByRole('complementary', { name: 'Details' })

test('several instances are selected in the table and connected to at once', async ({ page, openApp }) => {
  await openApp(demo)
  await grid(page).getByRole('row', { name: 'web-1' }).click()
  await grid(page)
    .getByRole('row', { name: 'web-2' })
    .click({ modifiers: ['ControlOrMeta'] })
  await page.getByRole('button', { name: 'Connect to 2' }).click()
  await expect(terminal(page, 'web-2')).toContainText('ec2-user@web-2:~$')
  await page.getByRole('tab', { name: /web-1/ }).click()
  await expect(terminal(page, 'web-1')).toContainText('ubuntu@web-1:~$')
})

test('the table sorts by a column and shows the columns that were chosen', async ({ page, openApp }) => {
  await openApp(demo)
  const names = () =>
    grid(page)
      .getByRole('row')
      .evaluateAll((rows) => rows.flatMap((row) => row.getAttribute('aria-label') ?? []))
  await expect.poll(names).toHaveLength(12)
  expect((await names()).slice(0, 2)).toEqual(['batch', 'build-agent'])
  await page.getByRole('columnheader', { name: 'Name' }).getByRole('button').click()
  await expect.poll(async () => (await names())[0]).toBe('win-report')

  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Private address' }).click()
  await expect(page.getByRole('columnheader', { name: 'Private address' })).toBeVisible()
})

test('the details say who, with what and where, and a choice of the person wins until it is taken back', async ({ page, openApp }) => {
  await openApp(demo)
  await instance(page, 'web-1').click()
  await expect(details(page)).toContainText('the console log names it')
  await expect(details(page)).toContainText("it is the instance's key pair")
  await details(page).getByRole('button', { name: 'Change' }).click()
  await details(page).getByRole('textbox', { name: 'User' }).fill('root')
  await details(page).getByRole('button', { name: 'Save' }).click()
  await expect(details(page)).toContainText('you chose it')
  await details(page).getByRole('button', { name: 'Find out again' }).click()
  await expect(details(page)).toContainText('the console log names it')
})

test('the search box opens an instance by a few letters of its name', async ({ page, openApp }) => {
  await openApp(demo)
  await expect(instance(page, 'web-1')).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog', { name: 'Search' }).getByRole('textbox', { name: 'Search' }).fill('web-2')
  await page.keyboard.press('Enter')
  await expect(terminal(page, 'web-2')).toContainText('ec2-user@web-2:~$')
})

test('the language and the theme change at once and are remembered', async ({ page, openApp }) => {
  await openApp(demo)
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('dialog').getByText('Dark', { exact: true }).click()
  await page.getByRole('dialog').getByText('Español', { exact: true }).click()
  await expect(page.getByRole('dialog')).toContainText('Como el sistema')
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Instancias' })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await expect(page.locator('html')).toHaveAttribute('lang', 'es')
})

test('a profile that cannot be reached says so with a button, and hides no other', async ({ page, openApp, home }) => {
  await writeFile(
    join(home, '.aws', 'config'),
    '[profile far]\nregion = eu-west-1\nendpoint_url = http://127.0.0.1:9\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = example\n',
  )
  await openApp(demo)
  const tree = page.getByRole('tree', { name: 'Instances' })
  await expect(instance(page, 'web-1')).toBeVisible()
  await expect(tree.getByRole('alert')).toContainText('http://127.0.0.1:9 refused the connection.')
  await expect(tree.getByRole('button', { name: 'Try again' })).toBeVisible()

  await page.getByRole('button', { name: /^Profile/ }).click()
  await page.getByRole('menuitemcheckbox', { name: 'far' }).click()
  await expect(tree.getByRole('alert')).toHaveCount(0)
  await expect(instance(page, 'web-1')).toBeVisible()
})

test('a key that others may read is shown with what is wrong, and fixed with a button', async ({ page, openApp, home }) => {
  const path = join(home, '.ssh', 'course.pem')
  await promisify(execFile)('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path])
  await chmod(path, 0o644)
  await openApp()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('tab', { name: 'Keys' }).click()
  await expect(page.getByRole('dialog')).toContainText('Others may read this file (mode 0644)')
  await page.getByRole('button', { name: 'Fix the permissions of course.pem' }).click()
  await expect(page.getByRole('button', { name: 'Fix the permissions of course.pem' })).toHaveCount(0)
})

test('without a keychain a master password makes the vault, and the app says what holds without one', async ({ page, openApp }) => {
  await openApp()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('tab', { name: 'Vault' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('without one, they last until Mooring ends')
  await dialog.getByLabel('Master password', { exact: true }).fill('a long sentence')
  await dialog.getByLabel('Master password, again').fill('another')
  await dialog.getByRole('button', { name: 'Make the vault' }).click()
  await expect(dialog).toContainText('The two are not the same')
  await dialog.getByLabel('Master password, again').fill('a long sentence')
  await dialog.getByRole('button', { name: 'Make the vault' }).click()
  await expect(dialog).toContainText('The vault is open')
})

test('the master password is changed, and everything is forgotten', async ({ page, openApp }) => {
  test.slow()
  await openApp()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('tab', { name: 'Vault' }).click()
  const dialog = page.getByRole('dialog').first()
  await dialog.getByLabel('Master password', { exact: true }).fill('a long sentence')
  await dialog.getByLabel('Master password, again').fill('a long sentence')
  await dialog.getByRole('button', { name: 'Make the vault' }).click()

  await dialog.getByRole('button', { name: 'Change the password' }).click()
  await dialog.getByLabel('Current master password').fill('not it')
  await dialog.getByLabel('New master password', { exact: true }).fill('another sentence')
  await dialog.getByLabel('New master password, again').fill('another sentence')
  await dialog.getByRole('button', { name: 'Change the password' }).click()
  await expect(dialog.getByRole('alert')).toContainText("not the vault's master password")
  await dialog.getByLabel('Current master password').fill('a long sentence')
  await dialog.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('The master password is another one now.')).toBeVisible()

  await dialog.getByRole('combobox', { name: 'Lock by itself when it is not used' }).click()
  await page.getByRole('option', { name: '15 minutes' }).click()
  await dialog.getByRole('button', { name: 'Lock', exact: true }).click()
  await dialog.getByLabel('Master password').fill('another sentence')
  await dialog.getByRole('button', { name: 'Unlock' }).click()
  await expect(dialog.getByRole('combobox', { name: 'Lock by itself when it is not used' })).toHaveValue('15 minutes')

  await dialog.getByRole('button', { name: 'Forget everything' }).click()
  const sure = page.getByRole('dialog', { name: 'Forget every secret?' })
  await sure.getByRole('button', { name: 'Forget everything' }).click()
  await expect(dialog).toContainText('without one, they last until Mooring ends')
})

test('in a narrow window the list and the details are drawers', async ({ page, openApp }) => {
  await page.setViewportSize({ width: 700, height: 800 })
  await openApp(demo)
  await expect(grid(page).getByRole('row', { name: 'web-1' })).toBeVisible()
  await expect(page.getByRole('tree')).toHaveCount(0)
  await page.getByRole('button', { name: 'Instances' }).click()
  await instance(page, 'web-1').click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('tree')).toHaveCount(0)
  await page.getByRole('button', { name: 'Details' }).click()
  await expect(details(page)).toContainText('the console log names it')
})

for (const colorScheme of ['dark', 'light'] as const) {
  test(`nothing stands in a screen reader's or a weak eye's way, ${colorScheme}`, async ({ page, openApp }) => {
    await page.emulateMedia({ colorScheme })
    await openApp(demo)
    await instance(page, 'web-1').click()
    await expect(details(page)).toContainText('the console log names it')
    expect(await grave(page)).toEqual([])
    await page.getByRole('button', { name: 'Settings' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await grave(page)).toEqual([])
  })
}

/** What axe calls serious or critical. */
async function grave(page: Page): Promise<readonly string[]> {
  // Colours are judged as they stay, not in the middle of a transition.
  await page.evaluate(() => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Number.POSITIVE_INFINITY)
    return Promise.allSettled(ending.map((animation) => animation.finished))
  })
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
}
