import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { answers, expect, instance, terminal, test } from '../support/page.ts'

const here = (page: Page) => page.getByRole('grid', { name: 'Files of this computer, in this folder' })
const there = (page: Page) => page.getByRole('grid', { name: 'Files of web-1, in this folder' })
const row = (list: Locator, name: string) => list.getByRole('row').filter({ has: list.page().getByText(name, { exact: true }) })

/** web-1's home, on this computer's disk. */
let theirs: string

test.beforeEach(async ({ page, openApp, home }) => {
  await writeFile(join(home, 'report.txt'), 'of this computer')
  await mkdir(join(home, 'Inbox'))
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'web-1').dblclick()
  await answers(page, 'web-1', 'echo "<$HOME>"', /<\/.*>/)
  theirs = /<(\/[^>]*)>/.exec(((await terminal(page, 'web-1').textContent()) ?? '').replace(/\s/g, ''))?.[1] ?? ''
  await expect(row(there(page), 'welcome.txt')).toBeVisible()
  await page.getByRole('button', { name: 'Two panes' }).click()
  await expect(row(here(page), 'report.txt')).toBeVisible()
})

test('with keys alone: Tab goes from side to side, F5 copies and F6 moves', async ({ page, home }) => {
  await here(page).focus()
  await page.keyboard.type('rep')
  await page.keyboard.press('F5')
  await expect(row(there(page), 'report.txt')).toBeVisible()
  expect(await readFile(join(theirs, 'report.txt'), 'utf8')).toBe('of this computer')
  await page.keyboard.type('inb')
  await page.keyboard.press('Enter')
  await expect(here(page)).toContainText('This folder is empty.')
  await page.keyboard.press('Tab')
  await expect(there(page)).toBeFocused()
  await page.keyboard.type('wel')
  await page.keyboard.press('F6')
  const dialog = page.getByRole('dialog', { name: 'Move from web-1 to this computer?' })
  await expect(dialog).toContainText('Into /Inbox')
  await page.keyboard.press('Enter')
  await expect(row(here(page), 'welcome.txt')).toBeVisible()
  await expect(row(there(page), 'welcome.txt')).toHaveCount(0)
  expect(await readdir(join(home, 'Inbox'))).toEqual(['welcome.txt'])
  expect(await readdir(theirs)).not.toContain('welcome.txt')
  // Where it was last, it begins the next time.
  await page.reload()
  await expect(row(here(page), 'welcome.txt')).toBeVisible()
})

test('by mouse: what is dragged to the other side is copied, and this computer’s files are made, named and deleted', async ({
  page,
  home,
}) => {
  await row(there(page), 'welcome.txt').dragTo(row(here(page), 'Inbox'))
  await expect.poll(() => readdir(join(home, 'Inbox'))).toEqual(['welcome.txt'])
  await row(here(page), 'Inbox').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'New folder…' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Made here')
  await page.keyboard.press('Enter')
  await expect(row(here(page), 'Made here')).toBeVisible()
  await here(page).focus()
  await page.keyboard.press('F2')
  await page.keyboard.type('Named here')
  await page.keyboard.press('Enter')
  await expect(row(here(page), 'Named here')).toBeVisible()
  await page.keyboard.press('Delete')
  await page.getByRole('button', { name: 'Delete' }).click()
  await expect(row(here(page), 'Named here')).toHaveCount(0)
  expect(await readdir(home)).toEqual(expect.not.arrayContaining(['Made here', 'Named here']))
  expect((await new AxeBuilder({ page }).include('[aria-label="Files of web-1"]').analyze()).violations).toEqual([])
})
