import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, instance, terminal, test } from '../support/page.ts'

const tree = (page: Page) => page.getByRole('tree', { name: 'Bookmarks' })
const item = (page: Page, name: string) => tree(page).getByRole('treeitem', { name: new RegExp(`^${name}`) })

async function bookmark(page: Page, ...names: string[]) {
  await page.getByRole('button', { name: 'Instances', exact: true }).click()
  for (const name of names) {
    await instance(page, name).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Bookmark' }).click()
    await expect(page.getByText(`Bookmarked: ${name}`)).toBeVisible()
  }
  await page.getByRole('button', { name: 'Bookmarks', exact: true }).click()
}

test('several bookmarks are opened, and deleted and brought back, at once', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await bookmark(page, 'web-1', 'web-2')
  await item(page, 'web-1').click()
  await item(page, 'web-2').click({ modifiers: ['ControlOrMeta'] })
  await item(page, 'web-2').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Open 2 terminals' }).click()
  await expect(terminal(page, 'web-2')).toContainText('ec2-user@web-2:~$')
  await page.getByRole('tab', { name: 'web-1' }).click()
  await expect(terminal(page, 'web-1')).toContainText('ubuntu@web-1:~$')

  await item(page, 'web-2').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page.getByText('No bookmarks yet')).toBeVisible()
  await page.getByRole('alert').filter({ hasText: '2 bookmarks were deleted.' }).getByRole('button', { name: 'Undo' }).click()
  await expect(tree(page).getByRole('treeitem')).toHaveText([/^web-1/, /^web-2/])
})

test('a damaged bookmarks file is named at start, set aside whole, and its last good copy is used', async ({ page, openApp }) => {
  const first = await openApp({ arguments: ['--demo'] })
  await bookmark(page, 'web-1')
  await expect(item(page, 'web-1')).toBeVisible()
  await first.stop()
  const file = join(first.dataFolder, 'bookmarks.json')
  const damaged = (await readFile(file, 'utf8')).slice(0, 40)
  await writeFile(file, damaged)

  const second = await openApp({ arguments: ['--demo'] })
  const alert = page.getByRole('alert').filter({ hasText: 'bookmarks' })
  await expect(alert).toContainText('The file “bookmarks” was damaged and could not be read. It was set aside as bookmarks.damaged-')
  await expect(alert).toContainText('and the last good copy is in use.')
  await page.getByRole('button', { name: 'Bookmarks', exact: true }).click()
  await expect(item(page, 'web-1')).toBeVisible()
  const aside = (await readdir(first.dataFolder)).filter((name) => name.startsWith('bookmarks.damaged-'))
  await expect(alert).toContainText(aside[0] ?? 'no file')
  expect(await readFile(join(first.dataFolder, aside[0] ?? ''), 'utf8')).toBe(damaged)

  await second.stop()
  await openApp({ arguments: ['--demo'] })
  await expect(instance(page, 'web-1')).toBeVisible()
  await expect(alert).toHaveCount(0)
})
