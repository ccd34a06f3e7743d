import type { Page } from '@playwright/test'
import { expect, instance, terminal, test } from '../support/page.ts'

const tree = (page: Page) => page.getByRole('tree', { name: 'Bookmarks' })
const item = (page: Page, name: string) => tree(page).getByRole('treeitem', { name: new RegExp(`^${name}`) })

async function addHost(page: Page, host: string, name: string) {
  await page.getByRole('region', { name: 'Bookmarks' }).getByRole('button', { name: 'New bookmark' }).first().click()
  await page.getByRole('textbox', { name: 'Host' }).fill(host)
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(item(page, name)).toBeVisible()
}

test.beforeEach(async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await page.getByRole('button', { name: 'Bookmarks' }).click()
})

test('sessions are saved, put into folders, renamed, duplicated, and deleted with a way back', async ({ page }) => {
  await expect(page.getByText('No bookmarks yet')).toBeVisible()
  await addHost(page, 'root@10.1.2.3:2222', 'Router')
  await page.getByRole('button', { name: 'New folder' }).click()
  await expect(tree(page).getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.type('Home lab')
  await page.keyboard.press('Enter')
  await expect(item(page, 'Home lab')).toBeVisible()
  await item(page, 'Router').dragTo(item(page, 'Home lab'))
  await expect(item(page, 'Router')).toHaveAttribute('aria-level', '2')

  await item(page, 'Router').click()
  await page.keyboard.press('F2')
  await expect(tree(page).getByRole('textbox', { name: 'Name' })).toBeFocused()
  await page.keyboard.type('Gateway')
  await page.keyboard.press('Enter')
  await expect(item(page, 'Gateway')).toContainText('root@10.1.2.3:2222')
  await item(page, 'Gateway').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await expect(item(page, 'Gateway')).toHaveCount(2)

  await item(page, 'Home lab').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page.getByText('No bookmarks yet')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(item(page, 'Home lab')).toBeVisible()
  await page.reload()
  await page.getByRole('button', { name: 'Bookmarks' }).click()
  await expect(item(page, 'Home lab')).toBeVisible()
})

test('an instance is bookmarked from the list, and Enter on the bookmark opens its terminal', async ({ page }) => {
  await page.getByRole('button', { name: 'Instances' }).click()
  await instance(page, 'web-2').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Bookmark' }).click()
  await page.getByRole('button', { name: 'Bookmarks' }).click()
  await item(page, 'web-2').click()
  await page.keyboard.press('Enter')
  await expect(terminal(page, 'web-2')).toContainText('ec2-user@web-2:~$')
})

test('what cannot be a host is said beside the field and not saved', async ({ page }) => {
  await page.getByRole('region', { name: 'Bookmarks' }).getByRole('button', { name: 'New bookmark' }).first().click()
  await page.getByRole('textbox', { name: 'Host' }).fill('not a host')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toContainText('This is not a host.')
})

test('quick connect takes a line of text, says what is wrong with it, and remembers it', async ({ page }) => {
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByRole('combobox', { name: 'Connect to' }).fill('me@127.0.0.1:99999')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toContainText('“99999” is not a port')
  await page.getByRole('combobox', { name: 'Connect to' }).fill('ssh -p 1 me@127.0.0.1')
  await page.keyboard.press('Enter')
  await expect(terminal(page, '127.0.0.1').getByRole('alert')).toContainText('nothing listens on port 1')
  await page.getByRole('button', { name: 'New connection' }).click()
  await expect(page.getByRole('option', { name: 'me@127.0.0.1:1' })).toBeVisible()
})
