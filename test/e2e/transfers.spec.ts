import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { answers, expect, instance, terminal, test } from '../support/page.ts'

const demo = { arguments: ['--demo'] }
const panel = (page: Page) => page.getByRole('region', { name: 'Transfers' })
const row = (page: Page, name: string) => panel(page).getByRole('listitem', { name })

async function openShell(page: Page) {
  await instance(page, 'web-1').dblclick()
  await expect(terminal(page, 'web-1')).toContainText('ubuntu@web-1:~$')
}

async function run(page: Page, command: string) {
  await page.keyboard.press('Control+Shift+K')
  await page.getByRole('dialog', { name: 'Search' }).getByRole('textbox', { name: 'Search' }).fill(command)
  await page.keyboard.press('Enter')
}

/** Drops files as a desktop does. */
async function drop(page: Page, target: Locator, files: readonly { name: string; bytes: Buffer }[]) {
  const transfer = await page.evaluateHandle(
    (given) => {
      const data = new DataTransfer()
      for (const { name, base64 } of given)
        data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name))
      return data
    },
    files.map(({ name, bytes }) => ({ name, base64: bytes.toString('base64') })),
  )
  await target.dispatchEvent('dragover', { dataTransfer: transfer })
  await expect(target).toContainText('Drop to upload to web-1')
  await target.dispatchEvent('drop', { dataTransfer: transfer })
}

async function accept(page: Page) {
  await page.getByRole('dialog', { name: 'Upload to web-1' }).getByRole('button', { name: 'Upload', exact: true }).click()
}

test('files that are dropped on a terminal are uploaded after it was said where, and the shell has them', async ({ page, openApp }) => {
  await openApp(demo)
  await openShell(page)
  const bytes = randomBytes(3_000_000)
  await drop(page, terminal(page, 'web-1'), [
    { name: 'photo.bin', bytes },
    { name: 'notes.txt', bytes: Buffer.from('hello from the desktop') },
  ])
  const dialog = page.getByRole('dialog', { name: 'Upload to web-1' })
  await expect(dialog).toContainText('2 files, 3 MB')
  await expect(dialog.getByLabel('Folder on the host')).toHaveValue('~')
  await accept(page)
  await expect(row(page, 'photo.bin and 1 more')).toContainText('done in')
  await expect(row(page, 'photo.bin and 1 more').getByRole('progressbar')).toHaveAttribute('aria-valuenow', '100')
  await answers(page, 'web-1', 'cat notes.txt; wc -c < photo.bin', /hello from the desktop.*3000000/s)
})

test('a file is downloaded through the browser by its path, under its own name and whole', async ({ page, openApp }) => {
  await openApp(demo)
  await openShell(page)
  await answers(page, 'web-1', "head -c 5000000 /dev/zero | tr '\\0' 'x' > 'größe 1.txt'; echo made", 'made')
  await run(page, 'Download a file')
  const dialog = page.getByRole('dialog', { name: 'Download from web-1' })
  await dialog.getByLabel('Path on the host').fill('größe 1.txt')
  const downloading = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  const download = await downloading
  expect(download.suggestedFilename()).toBe('größe 1.txt')
  expect(readFileSync(await download.path(), 'utf8')).toBe('x'.repeat(5_000_000))
  await expect(row(page, 'größe 1.txt')).toContainText('done in')
  await expect(row(page, 'größe 1.txt')).toContainText('web-1 → browser')
  await row(page, 'größe 1.txt').getByRole('button', { name: 'Take größe 1.txt off the list' }).click()
  await expect(panel(page)).toContainText('Nothing is being transferred')
})

test('a folder comes through the browser as an archive, and a limit on the rate is kept', async ({ page, openApp, home }) => {
  await openApp(demo)
  await openShell(page)
  await answers(page, 'web-1', 'mkdir -p site/css; echo one > site/index.html; echo two > site/css/a.css; echo made', 'made')
  await run(page, 'Download a file')
  await page.getByRole('dialog', { name: 'Download from web-1' }).getByLabel('Path on the host').fill('site')
  const downloading = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  const download = await downloading
  expect(download.suggestedFilename()).toBe('site.tar')
  execFileSync('tar', ['-xf', await download.path(), '-C', home])
  expect([readFileSync(join(home, 'site/index.html'), 'utf8'), readFileSync(join(home, 'site/css/a.css'), 'utf8')]).toEqual([
    'one\n',
    'two\n',
  ])
  await expect(row(page, 'site.tar')).toContainText('2 of 2 files')
  await panel(page).getByRole('combobox', { name: 'Limit of all transfers' }).click()
  await page.getByRole('option', { name: 'At most 5 MB/s' }).click()
  await page.reload()
  await page.getByRole('contentinfo').getByRole('button', { name: 'Transfers' }).click()
  await expect(panel(page).getByRole('combobox', { name: 'Limit of all transfers' })).toHaveValue('At most 5 MB/s')
})

test('a file that is not there is said, with what to do', async ({ page, openApp }) => {
  await openApp(demo)
  await openShell(page)
  await run(page, 'Download a file')
  await page.getByRole('dialog', { name: 'Download from web-1' }).getByLabel('Path on the host').fill('no-such-file')
  await page.keyboard.press('Enter')
  await expect(row(page, 'no-such-file')).toContainText('no-such-file” on the host. It may have been moved or removed')
})

test('a file of that name is asked about with both sizes, and keeping both keeps both', async ({ page, openApp }) => {
  await openApp(demo)
  await openShell(page)
  await answers(page, 'web-1', "printf 'was here' > notes.txt; echo made", 'made')
  await drop(page, terminal(page, 'web-1'), [{ name: 'notes.txt', bytes: Buffer.from('new') }])
  await accept(page)
  const question = page.getByRole('dialog', { name: '“notes.txt” is there already' })
  await expect(question.getByRole('row', { name: 'To be transferred' })).toContainText('3 bytes')
  await expect(question.getByRole('row', { name: 'Already there' })).toContainText('8 bytes')
  expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([])
  await question.getByRole('button', { name: 'Keep both' }).click()
  await expect(row(page, 'notes.txt')).toContainText('done in')
  await answers(page, 'web-1', "cat notes.txt 'notes (2).txt'; echo", 'was herenew')
})

test('a file is chosen in a dialog by keyboard, and the list is opened from the status bar', async ({ page, openApp, home }) => {
  await openApp(demo)
  await openShell(page)
  writeFileSync(join(home, 'chosen.txt'), 'chosen')
  await run(page, 'Upload files')
  const dialog = page.getByRole('dialog', { name: 'Upload to web-1' })
  const choosing = page.waitForEvent('filechooser')
  await dialog.getByRole('button', { name: 'Choose files' }).press('Enter')
  await (await choosing).setFiles(join(home, 'chosen.txt'))
  await dialog.getByLabel('Folder on the host').fill('/tmp-not-there')
  await accept(page)
  await expect(row(page, 'chosen.txt')).toContainText('failed')
  await expect(row(page, 'chosen.txt').getByRole('button', { name: 'Try chosen.txt again' })).toBeVisible()
  expect((await new AxeBuilder({ page }).include('[aria-label="Transfers"]').analyze()).violations).toEqual([])
  await page.getByRole('button', { name: 'Close the transfers' }).click()
  await expect(panel(page)).toHaveCount(0)
  await page.getByRole('contentinfo').getByRole('button', { name: 'Transfers' }).click()
  await expect(row(page, 'chosen.txt')).toBeVisible()
})

/** The same file each time, as far as anybody can tell. */
async function dropLarge(page: Page, bytes: number) {
  const transfer = await page.evaluateHandle((size) => {
    const data = new DataTransfer()
    data.items.add(new File([new Uint8Array(size).fill(120)], 'large.bin', { lastModified: 1_600_000_000_000 }))
    return data
  }, bytes)
  await terminal(page, 'web-1').dispatchEvent('drop', { dataTransfer: transfer })
  await accept(page)
}

test('a page that is reloaded in the middle of an upload says so, and the same file again goes on where it stopped', async ({
  page,
  openApp,
}) => {
  await openApp(demo)
  await openShell(page)
  await dropLarge(page, 60_000_000)
  await expect(row(page, 'large.bin')).toContainText(/\d+ MB of 60 MB/)
  await page.reload()
  await page.getByRole('contentinfo').getByRole('button', { name: 'Transfers' }).click()
  await expect(row(page, 'large.bin')).toContainText('The page that was sending “large.bin” was closed or reloaded.')
  await dropLarge(page, 60_000_000)
  await expect(row(page, 'large.bin')).toContainText('done in', { timeout: 60_000 })
  await expect(panel(page).getByRole('listitem')).toHaveCount(1)
  await answers(page, 'web-1', 'tr -d x < large.bin | wc -c; wc -c < large.bin; ls *.part | wc -l', /0\s*60000000ls: cannot access/)
})
