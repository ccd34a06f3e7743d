import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { answers, instance, expect as plain, terminal, test } from '../support/page.ts'

const expect = plain.configure({ timeout: 30_000 })
const panel = (page: Page, name: string) => page.getByRole('region', { name: `Files of ${name}` })
const path = (page: Page, name: string) => panel(page, name).getByRole('combobox', { name: 'Path' })

async function openOn(page: Page, name: string): Promise<string> {
  await instance(page, name).dblclick()
  await answers(page, name, 'echo "<$HOME>"', /<\/.*>/)
  const said = /<(\/[^>]*)>/.exec(((await terminal(page, name).textContent()) ?? '').replace(/\s/g, ''))?.[1]
  if (!said) throw new Error('the shell did not say where its home is')
  return said
}

test('a shell that does not tell its folder is taught to, after its lines were shown, and forgets it again', async ({ page, openApp }) => {
  test.slow()
  await openApp({ arguments: ['--demo'] })
  const home = await openOn(page, 'build-agent')
  const before = await readFile(join(home, '.bashrc'), 'utf8')
  await expect(panel(page, 'build-agent').getByText('This bash does not tell its folder')).toBeVisible()
  await panel(page, 'build-agent').getByRole('button', { name: 'What can be done…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Let the shell tell its folder' })
  await expect(dialog).toContainText(`${home}/.bashrc`)
  await expect(dialog.getByLabel('Lines', { exact: true })).toContainText('PROMPT_COMMAND')
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  expect(await readFile(join(home, '.bashrc'), 'utf8')).toBe(before)
  await dialog.getByRole('button', { name: 'Add these lines' }).click()
  await expect(dialog.getByLabel('Command', { exact: true })).toContainText(`source ${home}/.bashrc`)
  expect(await readFile(join(home, '.bashrc'), 'utf8')).toContain('__mooring_folder')
  await page.keyboard.press('Escape')
  await expect(panel(page, 'build-agent').getByText('does not tell its folder')).toHaveCount(0)

  await answers(page, 'build-agent', 'exec bash --rcfile ~/.bashrc', '$')
  await answers(page, 'build-agent', 'cd logs; echo in:logs', 'in:logs')
  await expect(path(page, 'build-agent')).toHaveValue('~/logs')

  await panel(page, 'build-agent').getByRole('grid').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Let the shell tell its folder…' }).click()
  await dialog.getByRole('button', { name: 'Take them out' }).click()
  await expect(dialog.getByRole('button', { name: 'Add these lines' })).toBeVisible()
  expect(await readFile(join(home, '.bashrc'), 'utf8')).toBe(before)
})

test('what was refused once is not offered again', async ({ page, openApp }) => {
  test.slow()
  await openApp({ arguments: ['--demo'] })
  await openOn(page, 'build-agent')
  const offer = panel(page, 'build-agent').getByText('does not tell its folder')
  await expect(offer).toBeVisible()
  await panel(page, 'build-agent').getByRole('button', { name: 'No', exact: true }).click()
  await expect(offer).toHaveCount(0)
  await page.reload()
  await expect(path(page, 'build-agent')).toHaveValue('~')
  await answers(page, 'build-agent', 'sleep 3; echo slept', 'slept')
  await expect(offer).toHaveCount(0)
})

test('a path is completed with Tab as in a shell, from the list with the arrows, and a name that cannot be typed as it is', async ({
  page,
  openApp,
}) => {
  test.slow()
  await openApp({ arguments: ['--demo'] })
  const home = await openOn(page, 'web-1')
  await mkdir(join(home, 'releases', 'shop-1'), { recursive: true })
  await mkdir(join(home, 'releases', 'shop-2', 'deep'), { recursive: true })
  await mkdir(join(home, 'releases', 'in\u202evoice'))
  const field = path(page, 'web-1')
  const choice = (name: string) => page.getByRole('option', { name, exact: true })
  await field.focus()
  await page.keyboard.type('rel')
  await expect(choice('releases')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(field).toHaveValue('releases/')
  await expect(choice('in\\u202evoice')).toBeVisible()
  await page.keyboard.type('s')
  await expect(choice('shop-2')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(field).toHaveValue('releases/shop-')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await expect(choice('shop-2')).toHaveAttribute('data-combobox-selected', 'true')
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue('releases/shop-2/')
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue('~/releases/shop-2')

  await field.fill('~/releases/in')
  await expect(choice('in\\u202evoice')).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(field).toHaveValue('~/releases/in\\u202evoice')
  await field.fill('~/releases/sh')
  await expect(choice('shop-1')).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([])
  await field.fill('~/releases/zzz')
  await page.keyboard.press('Escape')
  await expect(field).toHaveValue('~/releases/in\\u202evoice')
})
