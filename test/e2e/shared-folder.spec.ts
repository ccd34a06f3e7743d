import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '../support/page.ts'

test('a folder is shared, what another computer does to it arrives or is asked about, and an earlier version comes back', async ({
  page,
  openApp,
}) => {
  const app = await openApp({ arguments: ['--demo'] })
  const folder = join(app.home, 'Dropbox')
  await mkdir(folder)
  await page.getByRole('button', { name: 'Bookmarks' }).click()
  await page.getByRole('button', { name: 'New bookmark' }).first().click()
  await page.getByRole('textbox', { name: 'Host' }).fill('root@web.lan')
  await page.getByRole('button', { name: 'Save' }).click()
  const tree = page.getByRole('tree', { name: 'Bookmarks' })
  const item = (name: string) => tree.getByRole('treeitem', { name: new RegExp(`^${name}`) })
  await expect(item('web.lan')).toBeVisible()

  await page.getByRole('button', { name: 'Import and export' }).click()
  await page.getByRole('menuitem', { name: 'Shared folder…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Shared folder of bookmarks' })
  await dialog.getByRole('textbox', { name: 'Or its path' }).fill('~/nowhere')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('There is no folder “~/nowhere”')
  await dialog.getByRole('textbox', { name: 'Or its path' }).fill('~/Dropbox')
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('1 bookmark or folder of this computer is written there.')).toBeVisible()
  expect(await readdir(folder)).toEqual([])
  await dialog.getByRole('button', { name: 'Share this folder' }).click()
  await expect(dialog.getByRole('status')).toHaveText('1 bookmark or folder is alike here and there.')

  const [name = ''] = await readdir(folder)
  const file = JSON.parse(await readFile(join(folder, name), 'utf8'))
  const write = (record: object) => writeFile(join(folder, name), JSON.stringify({ ...file, record: { ...file.record, ...record } }))
  await page.keyboard.press('Escape')
  await write({ name: 'web of the course' })
  await expect(item('web of the course')).toBeVisible()

  // Both sides rename it: while the app has a broken file before it, what is here cannot be written.
  await writeFile(join(folder, name), '<<<<<<< HEAD')
  await page.getByRole('button', { name: 'Import and export' }).click()
  await page.getByRole('menuitem', { name: 'Shared folder…' }).click()
  await expect(dialog.getByRole('region', { name: 'Files left alone' })).toContainText('not JSON, or cut off')
  await page.keyboard.press('Escape')
  await item('web of the course').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await page.keyboard.type('mine')
  await page.keyboard.press('Enter')
  await expect(item('mine')).toBeVisible()
  await write({ name: 'theirs' })
  await page.getByRole('button', { name: 'Shared folder: 1 to decide' }).click()
  const conflict = dialog.getByRole('group', { name: 'mine' })
  await expect(conflict.getByRole('button', { name: 'Use what is chosen' })).toBeDisabled()
  await conflict.getByRole('radio', { name: 'In the folder: theirs' }).check()
  expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([])
  await conflict.getByRole('button', { name: 'Use what is chosen' }).click()
  await expect(conflict).toHaveCount(0)
  await rm(join(folder, name))
  const gone = dialog.getByRole('region', { name: 'Gone from the folder' })
  await gone.getByRole('button', { name: 'Keep theirs' }).click()
  await expect(gone).toHaveCount(0)
  await expect.poll(() => readdir(folder)).toEqual([name])
  await page.keyboard.press('Escape')

  await item('theirs').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Earlier versions…' }).click()
  const versions = page.getByRole('dialog', { name: 'Earlier versions of theirs' })
  await versions.getByRole('group').filter({ hasText: 'Name: mine' }).getByRole('button').click()
  await expect(item('mine')).toBeVisible()
  await expect.poll(async () => JSON.parse(await readFile(join(folder, name), 'utf8')).record.name).toBe('mine')
})
