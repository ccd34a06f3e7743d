import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, type Screen, type Stage } from './stage.ts'

export const panelOf = ({ page, say }: Stage) => page.getByRole('region', { name: say('files:panel', { name: 'web-1' }) })
const path = (stage: Stage) => panelOf(stage).getByRole('combobox', { name: stage.say('files:path') })

/** web-1's home, on this computer's disk, as the copied path of its first file says. */
export async function homeOf(stage: Stage): Promise<string> {
  await panelOf(stage).getByText('welcome.txt').click({ button: 'right' })
  await stage.page.getByRole('menuitem', { name: stage.say('files:copyPath_one'), exact: true }).click()
  await expect.poll(() => stage.page.evaluate(() => navigator.clipboard.readText())).toMatch(/welcome\.txt$/)
  return dirname(await stage.page.evaluate(() => navigator.clipboard.readText()))
}

async function fillHome(home: string) {
  await mkdir(join(home, 'invoices'))
  for (const name of ['report-1.pdf', 'report-2.pdf', 'notes.txt', 'site.tar.gz', 'photo.jpg']) await writeFile(join(home, name), name)
}

async function openPanes(stage: Stage) {
  await fillHome(stage.home)
  await stage.instance('web-1').click({ button: 'right' })
  await stage.item('actions.openFiles').click()
  await expect(stage.page.getByText('welcome.txt')).toBeVisible()
  await stage.button('files:panes.show').click()
  await expect(stage.page.getByText('invoices')).toBeVisible()
}

export const files: readonly Screen[] = [
  {
    name: 'Files, wide',
    async go(stage) {
      const { openShell, page } = stage
      await openShell('web-1')
      await expect(panelOf(stage)).toContainText('welcome.txt')
      const handle = panelOf(stage).getByRole('separator')
      await handle.focus()
      for (let step = 0; step < 12; step += 1) await page.keyboard.press('ArrowRight')
      await expect(handle).toHaveAttribute('aria-valuenow', '500')
      await panelOf(stage).getByText('welcome.txt').click()
    },
  },
  {
    name: 'Files, without a terminal',
    async go(stage) {
      await stage.instance('web-1').click({ button: 'right' })
      await stage.item('actions.openFiles').click()
      await expect(stage.page.getByText('welcome.txt')).toBeVisible()
    },
  },
  {
    name: 'Two panes of files beside a terminal',
    async go(stage) {
      await fillHome(stage.home)
      await stage.openShell('web-1')
      await stage.button('files:panes.show').click()
      await expect(stage.page.getByText('invoices')).toBeVisible()
    },
  },
  {
    name: 'Two panes of files side by side',
    async go(stage) {
      await openPanes(stage)
      await stage.page.getByText('report-2.pdf').click({ button: 'right' })
      await expect(stage.page.getByRole('menuitem', { name: stage.say('files:panes.copyAcross') })).toBeVisible()
    },
  },
  {
    name: 'Two panes of files and what is shown in them',
    async go(stage) {
      await openPanes(stage)
      await stage.page.getByRole('combobox', { name: stage.say('files:panes.which', { name: 'web-1' }) }).click()
      await expect(stage.page.getByRole('option').first()).toBeVisible()
    },
  },
  {
    name: 'Two panes of files, of two hosts',
    async go(stage) {
      const { page, say } = stage
      await stage.openShell('web-2')
      await stage.instance('web-1').click({ button: 'right' })
      await stage.item('actions.openFiles').click()
      await expect(page.getByText('welcome.txt').last()).toBeVisible()
      await stage.button('files:panes.show').last().click()
      await page.getByRole('combobox', { name: say('files:panes.which', { name: 'web-1' }) }).click()
      await page.getByRole('option', { name: 'web-2' }).click()
      const list = (name: string) => page.getByRole('grid', { name: say('files:list', { name }) })
      await expect(list('web-2').getByText('welcome.txt').last()).toBeVisible()
      await list('web-1').getByText('logs').click()
    },
  },
  {
    name: 'Two panes of files and a move',
    async go(stage) {
      await openPanes(stage)
      await stage.page.getByText('report-2.pdf').click()
      await stage.page.keyboard.press('F6')
      await expect(stage.dialog).toBeVisible()
    },
  },
  {
    name: 'Files, no such folder',
    async go(stage) {
      await stage.openShell('web-1')
      await expect(panelOf(stage)).toContainText('welcome.txt')
      await path(stage).fill('/etc')
      await path(stage).press('Enter')
      await expect(panelOf(stage).getByRole('alert')).toBeVisible()
    },
  },
  {
    name: 'Files, menu and hostile names',
    async go(stage) {
      await stage.openShell('web-1')
      const home = await homeOf(stage)
      await writeFile(join(home, 'invoice.\u202efdp.sh'), '')
      await symlink('gone', join(home, 'old-release'))
      await symlink('app', join(home, 'current'))
      await panelOf(stage)
        .getByRole('button', { name: stage.say('files:refresh'), exact: true })
        .click()
      await panelOf(stage).getByText('current').click({ button: 'right' })
      await expect(stage.item('files:refresh')).toBeVisible()
    },
  },
  {
    name: 'Files, a path completed',
    async go(stage) {
      await stage.openShell('web-1')
      const home = await homeOf(stage)
      for (const name of ['shop-1.4', 'shop-1.5', 'in\u202evoice']) await mkdir(join(home, 'releases', name), { recursive: true })
      await path(stage).fill('~/releases/')
      await expect(stage.page.getByRole('option', { name: 'shop-1.5' })).toBeVisible()
      await stage.page.keyboard.press('ArrowDown')
    },
  },
  {
    name: 'Files, as root',
    async go(stage) {
      await stage.openShell('web-1')
      await expect(panelOf(stage)).toContainText('welcome.txt')
      await panelOf(stage)
        .getByRole('button', { name: stage.say('files:asRoot'), exact: true })
        .click()
      await expect(panelOf(stage)).toContainText(stage.say('files:isRoot'))
      await expect(panelOf(stage)).toContainText('welcome.txt')
    },
  },
  {
    name: 'Files, to be deleted',
    async go(stage) {
      await stage.openShell('web-1')
      await panelOf(stage).getByText('app', { exact: true }).click()
      await stage.page.keyboard.press('Delete')
      await expect(stage.dialog).toContainText(/\d/)
    },
  },
  {
    name: 'Files, properties',
    async go(stage) {
      await stage.openShell('web-1')
      await panelOf(stage).getByText('welcome.txt').click()
      await stage.page.keyboard.press('Alt+Enter')
      await expect(stage.dialog).toBeVisible()
    },
  },
  {
    name: 'Files, a shell that tells no folder',
    async go(stage) {
      await stage.openShell('build-agent')
      await expect(stage.button('files:hook.show')).toBeVisible()
    },
  },
  {
    name: 'Files, lines for a shell that tells no folder',
    async go(stage) {
      await stage.openShell('build-agent')
      await stage.button('files:hook.show').click()
      await stage.button('files:hook.install').click()
      await expect(stage.button('files:hook.remove')).toBeVisible()
    },
  },
]
