import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { answers, expect, instance, terminal, test } from '../support/page.ts'

const list = (page: Page, host: string) => page.getByRole('grid', { name: `Files of ${host}, in this folder` })
const row = (of: Locator, name: string) => of.getByRole('row').filter({ has: of.page().getByText(name, { exact: true }) })
const transfer = (page: Page, name: string) => page.getByRole('region', { name: 'Transfers' }).getByRole('listitem', { name })

/** Opens a terminal and gives its home, on this computer's disk. */
async function openShell(page: Page, name: string): Promise<string> {
  await instance(page, name).dblclick()
  await answers(page, name, 'echo "<$HOME>"', /<\/.*>/)
  const home = /<(\/[^>]*)>/.exec(((await terminal(page, name).textContent()) ?? '').replace(/\s/g, ''))?.[1]
  if (!home) throw new Error(`the shell of ${name} did not say where its home is`)
  return home
}

test('two hosts side by side: with F5 and by mouse what is on the one comes to the other, whole, both ways', async ({ page, openApp }) => {
  test.slow() // two machines to log in to, and as many connections again for what goes between them
  const [large, small] = [randomBytes(3_000_000), randomBytes(5_000)]
  await openApp({ arguments: ['--demo'] })
  const left = await openShell(page, 'web-2')
  const right = await openShell(page, 'web-1')
  expect(left).not.toBe(right)
  for (const [home, side] of [
    [left, 'left'],
    [right, 'right'],
  ] as const) {
    await writeFile(join(home, `${side}-large.bin`), large)
    await mkdir(join(home, `${side}-tree`, 'inner'), { recursive: true })
    await writeFile(join(home, `${side}-tree`, 'inner', 'small.bin'), small)
    await mkdir(join(home, `${side}-inbox`))
  }
  await page.getByRole('button', { name: 'Two panes' }).click()
  await page.getByRole('combobox', { name: /beside/ }).click()
  await page.getByRole('option', { name: 'web-2' }).click()
  const [ofLeft, ofRight] = [list(page, 'web-2'), list(page, 'web-1')]
  await page.getByRole('button', { name: 'Refresh' }).last().click()
  await expect(row(ofLeft, 'left-tree')).toBeVisible()
  await expect(row(ofRight, 'right-tree')).toBeVisible()

  await test.step('F5 from the left, and from the right', async () => {
    await row(ofLeft, 'left-large.bin').click()
    await page.keyboard.press('F5')
    await expect(row(ofRight, 'left-large.bin')).toBeVisible()
    expect(large.equals(await readFile(join(right, 'left-large.bin')))).toBe(true)
    await row(ofRight, 'right-tree').click()
    await page.keyboard.press('F5')
    await expect(transfer(page, 'right-tree')).toContainText('web-1 → web-2')
    await expect(row(ofLeft, 'right-tree')).toBeVisible()
    await expect(transfer(page, 'right-tree')).toContainText('done in')
    expect(small.equals(await readFile(join(left, 'right-tree/inner/small.bin')))).toBe(true)
  })
  await test.step('dragged from the right, and from the left', async () => {
    await row(ofRight, 'right-large.bin').dragTo(row(ofLeft, 'left-inbox'))
    await expect(transfer(page, 'right-large.bin')).toContainText('done in')
    expect(large.equals(await readFile(join(left, 'left-inbox/right-large.bin')))).toBe(true)
    await row(ofLeft, 'left-tree').dragTo(row(ofRight, 'right-inbox'))
    await expect(transfer(page, 'left-tree')).toContainText('done in')
    expect(small.equals(await readFile(join(right, 'right-inbox/left-tree/inner/small.bin')))).toBe(true)
  })
  // What was copied is still where it came from, and no part of it is left over.
  expect(await readdir(left)).toEqual(expect.arrayContaining(['left-large.bin', 'left-tree']))
  expect(await readdir(right)).toEqual(expect.arrayContaining(['right-large.bin', 'right-tree']))
  for (const home of [left, right]) expect((await readdir(home, { recursive: true })).filter((name) => name.endsWith('.part'))).toEqual([])
  expect((await new AxeBuilder({ page }).include('[aria-label="Files of web-1"]').analyze()).violations).toEqual([])
})
