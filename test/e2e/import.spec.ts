import { readFile } from 'node:fs/promises'
import { expect, test } from '../support/page.ts'

const mobaxterm = [
  '[Bookmarks]',
  'SubRep=',
  'ImgNum=42',
  'router=#109#0%10.0.0.1%22%admin%%-1%-1%%%%%0%0%0%%%-1#MobaFont#0# #-1',
  '[Bookmarks_1]',
  'SubRep=Course\\Lab',
  'web=#109#0%web.lan%2200%ubuntu%%-1%-1%htop%%%%0%0%0%_CurrentDrive_:\\keys\\course.pem%%-1#MobaFont#0# #-1',
  'desktop=#91#4%desk.lan%3389%me#MobaFont#0# #-1',
].join('\r\n')

test('sessions of MobaXterm are looked at, added, taken back, and exported again', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await page.getByRole('button', { name: 'Bookmarks' }).click()
  const choose = async () => {
    await page.getByRole('button', { name: 'Import and export' }).click()
    await page.getByRole('menuitem', { name: 'Import…' }).click()
    const chooser = page.waitForEvent('filechooser')
    await dialog.getByRole('button', { name: 'Choose files…' }).click()
    await (await chooser).setFiles({ name: 'mine.mxtsessions', mimeType: 'text/plain', buffer: Buffer.from(mobaxterm) })
  }
  const dialog = page.getByRole('dialog', { name: 'Import sessions' })
  const tree = page.getByRole('tree', { name: 'Bookmarks' })
  const item = (name: string) => tree.getByRole('treeitem', { name: new RegExp(`^${name}`) })

  await choose()
  await expect(dialog.getByText('mine.mxtsessions: MobaXterm')).toBeVisible()
  await expect(dialog.getByText('desktop: RDP is not SSH.')).toBeVisible()
  await expect(dialog.getByRole('list', { name: 'Sessions found' })).toContainText('ubuntu@web.lan:2200')
  await expect(dialog.getByText('without commands')).toBeVisible()
  await dialog.getByRole('checkbox', { name: 'router' }).click()
  await dialog.getByRole('button', { name: 'Add 1 bookmark' }).click()
  await item('Course').click()
  await item('Lab').click()
  await expect(item('web')).toContainText('ubuntu@web.lan:2200')
  await expect(item('router')).toHaveCount(0)

  // What is there already is not proposed again.
  await choose()
  await expect(dialog.getByText('There already')).toBeVisible()
  await expect(dialog.getByRole('checkbox', { name: 'Course / Lab / web' })).not.toBeChecked()
  await dialog.getByRole('button', { name: 'Add 1 bookmark' }).click()
  await expect(item('router')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).last().click()
  await expect(item('router')).toHaveCount(0)
  await expect(item('web')).toBeVisible()

  await page.getByRole('button', { name: 'Import and export' }).click()
  const saving = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Export as ssh_config' }).click()
  const saved = await saving
  expect(saved.suggestedFilename()).toBe('mooring-ssh-config.txt')
  expect(await readFile(await saved.path(), 'utf8')).toContain(
    'Host web\n  HostName web.lan\n  User ubuntu\n  Port 2200\n  IdentityFile "C:',
  )
})

test('an export under a password asks for it when it comes back, and a wrong one changes nothing', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await page.getByRole('button', { name: 'Bookmarks' }).click()
  await page.getByRole('button', { name: 'New bookmark' }).first().click()
  await page.getByRole('textbox', { name: 'Host' }).fill('root@web.lan')
  await page.getByRole('button', { name: 'Save' }).click()
  const item = page.getByRole('tree', { name: 'Bookmarks' }).getByRole('treeitem', { name: /^web.lan/ })
  await expect(item).toBeVisible()

  await page.getByRole('button', { name: 'Import and export' }).click()
  await page.getByRole('menuitem', { name: 'Export everything with secrets…' }).click()
  const exporting = page.getByRole('dialog', { name: 'Export with secrets' })
  await exporting.getByRole('textbox', { name: 'Password of the file' }).fill('of the file')
  await exporting.getByRole('textbox', { name: 'The same password again' }).fill('of the fil')
  await page.keyboard.press('Enter')
  await expect(exporting.getByText('The two are not the same')).toBeVisible()
  await exporting.getByRole('textbox', { name: 'The same password again' }).fill('of the file')
  const saving = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  const path = await (await saving).path()
  expect(JSON.parse(await readFile(path, 'utf8')).secrets.kind).toBe('password')

  await item.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(item).toHaveCount(0)
  await page.getByRole('button', { name: 'Import and export' }).click()
  await page.getByRole('menuitem', { name: 'Import…' }).click()
  const importing = page.getByRole('dialog', { name: 'Import sessions' })
  await importing.getByLabel('Files').setInputFiles(path)
  await importing.getByRole('textbox', { name: 'Password of the file' }).fill('another')
  await importing.getByRole('button', { name: 'Add 1 bookmark' }).click()
  await expect(page.getByText('Nothing was added; try again.')).toBeVisible()
  await importing.getByRole('textbox', { name: 'Password of the file' }).fill('of the file')
  await importing.getByRole('button', { name: 'Add 1 bookmark' }).click()
  await expect(item).toBeVisible()
})
