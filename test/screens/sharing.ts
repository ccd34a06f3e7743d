import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { giveBookmarks } from './bookmarks.ts'
import { expect, type Screen, type Stage } from './stage.ts'

async function openSharing({ button, item }: Stage) {
  await button('rooms.bookmarks').click()
  await button('bookmarks:share').click()
  await item('sharing:open').click()
}

const folderOf = ({ home }: Pick<Stage, 'home'>) => join(home, 'Dropbox')

async function look({ dialog, say, page }: Stage) {
  await dialog.getByRole('textbox', { name: say('sharing:path') }).fill('~/Dropbox')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('button', { name: say('sharing:join') })).toBeVisible()
}

async function share(stage: Stage) {
  await look(stage)
  await stage.button('sharing:join').click()
  await expect(stage.dialog.getByRole('button', { name: stage.say('sharing:leave') })).toBeVisible()
}

const before: Screen['before'] = async (backstage) => {
  await giveBookmarks(backstage)
  await mkdir(folderOf(backstage))
}

export const sharing: readonly Screen[] = [
  { name: 'Shared folder, none yet', before, go: openSharing },
  {
    name: 'Shared folder, none that can be used',
    before,
    async go(stage) {
      await openSharing(stage)
      await stage.dialog.getByRole('textbox', { name: stage.say('sharing:path') }).fill('~/nowhere')
      await stage.page.keyboard.press('Enter')
      await expect(stage.dialog.getByRole('alert')).toContainText('nowhere')
    },
  },
  {
    name: 'Shared folder, what would happen',
    before,
    async go(stage) {
      await openSharing(stage)
      await look(stage)
    },
  },
  {
    name: 'Shared folder, to be decided',
    before,
    async go(stage) {
      const folder = folderOf(stage)
      await openSharing(stage)
      await share(stage)
      await expect.poll(async () => (await readdir(folder)).length).toBeGreaterThan(7)
      await stage.button('sharing:leave').click()
      for (const name of await readdir(folder)) {
        const text = await readFile(join(folder, name), 'utf8')
        await writeFile(join(folder, name), text.replace('"Router"', '"Router of the office"').replace('10.1.2.9', '10.1.2.10'))
      }
      await writeFile(join(folder, 'bookmark-broken.json'), '<<<<<<< HEAD')
      await share(stage)
      await expect(stage.dialog.getByRole('group', { name: 'Router' })).toBeVisible()
    },
  },
  {
    name: 'An export with secrets',
    before,
    async go({ button, item, dialog }) {
      await button('rooms.bookmarks').click()
      await button('bookmarks:share').click()
      await item('sharing:export.secrets').click()
      await expect(dialog.getByRole('button').last()).toBeVisible()
    },
  },
]
