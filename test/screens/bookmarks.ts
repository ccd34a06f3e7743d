import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bookmark, BookmarksState } from '../../contract/models/bookmark.ts'
import { type Backstage, expect, type Screen, type Stage } from './stage.ts'

const host = (name: string, at: string, colour: Bookmark['colour'], folderId?: string): Bookmark => ({
  id: `of-${name.toLowerCase()}`,
  name,
  colour,
  notes: '',
  target: { kind: 'host', host: at, choices: { user: 'root' } },
  ...(folderId && { folderId }),
})
const some: BookmarksState = {
  folders: [
    { id: 'home', name: 'Home lab' },
    { id: 'shop', name: 'Storefront' },
    { id: 'shop-db', name: 'Databases', folderId: 'shop' },
  ],
  bookmarks: [
    host('Router', '10.1.2.3', 'red', 'home'),
    { ...host('Printer', '10.1.2.9', 'none', 'home'), notes: 'Ask Marta before restarting it.' },
    host('Shop', 'shop.example.com', 'teal', 'shop'),
    host('Orders', 'orders.db.example.com', 'violet', 'shop-db'),
    {
      ...host('web-1', '', 'blue'),
      target: { kind: 'instance', ref: { profile: 'practice', region: 'us-east-1', instanceId: 'i-0a41c7e92b5d3f801' } },
    },
  ],
  history: [{ kind: 'host', host: 'git.example.com', choices: { user: 'git', port: 2222 } }],
}

export async function giveBookmarks({ dataFolder }: Backstage) {
  await mkdir(dataFolder, { recursive: true })
  await writeFile(join(dataFolder, 'bookmarks.json'), JSON.stringify({ version: 1, value: some }))
}

const bookmark = ({ page, say }: Stage, name: string) =>
  page.getByRole('tree', { name: say('bookmarks:title') }).getByRole('treeitem', { name: new RegExp(`^${name}`) })

/** With a folder open. */
async function openBookmarks(stage: Stage) {
  await stage.button('rooms.bookmarks').click()
  await bookmark(stage, 'Home lab').click()
  await expect(bookmark(stage, 'Router')).toBeVisible()
}

export const bookmarks: readonly Screen[] = [
  {
    name: 'Bookmarks, none',
    async go({ page, button, say }) {
      await button('rooms.bookmarks').click()
      await expect(page.getByText(say('bookmarks:empty.title'))).toBeVisible()
    },
  },
  {
    name: 'Bookmarks, hosts of the configuration',
    before: async (backstage) => {
      await giveBookmarks(backstage)
      const hosts = [
        'bastion\n  HostName 203.0.113.7\n  User ops',
        'db\n  HostName 10.0.3.12\n  ProxyJump bastion',
        'git.example.com\n  Port 2222',
        '"broken',
      ]
      await appendFile(join(backstage.home, '.ssh', 'config'), hosts.map((host) => `Host ${host}\n`).join(''))
    },
    async go(stage) {
      await openBookmarks(stage)
      await expect(stage.page.getByRole('region', { name: stage.say('ssh:hosts.title') }).getByRole('listitem')).not.toHaveCount(0)
    },
  },
  {
    name: 'Bookmarks',
    before: giveBookmarks,
    go: openBookmarks,
  },
  {
    name: 'Bookmarks, menu',
    before: giveBookmarks,
    async go(stage) {
      await openBookmarks(stage)
      await bookmark(stage, 'Router').click({ button: 'right' })
      await expect(stage.item('bookmarks:remove')).toBeVisible()
    },
  },
  {
    name: 'Bookmarks, editing',
    before: giveBookmarks,
    async go(stage) {
      await openBookmarks(stage)
      await bookmark(stage, 'Router').click({ button: 'right' })
      await stage.item('bookmarks:edit.open').click()
      await expect(stage.dialog).toBeVisible()
    },
  },
  {
    name: 'Bookmarks, deleted and undo',
    before: giveBookmarks,
    async go(stage) {
      await openBookmarks(stage)
      await bookmark(stage, 'Router').click({ button: 'right' })
      await stage.item('bookmarks:remove').click()
      await expect(stage.button('bookmarks:undo')).toBeVisible()
    },
  },
  {
    name: 'Bookmarks, importing',
    before: giveBookmarks,
    async go(stage) {
      await openBookmarks(stage)
      await stage.button('bookmarks:share').click()
      await stage.item('bookmarks:import.open').click()
      await stage.dialog.getByLabel(stage.say('bookmarks:import.files')).setInputFiles([
        { name: 'MobaXterm.mxtsessions', mimeType: 'text/plain', buffer: Buffer.from(mobaxterm, 'latin1') },
        { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('Dear all') },
      ])
      await expect(stage.dialog.getByRole('checkbox')).not.toHaveCount(0)
    },
  },
]

const mobaxterm = [
  '[Bookmarks]',
  'SubRep=',
  'Router=#109#0%10.1.2.3%22%root#',
  ...['M\u00fcnchen', 'Madrid', 'Paris', 'Lisboa', 'Roma', 'Oslo', 'Wien'].flatMap((city, number) => [
    `[Bookmarks_${number + 1}]`,
    `SubRep=Offices\\${city}`,
    `web-${number}=#109#0%10.4.${number}.10%2200%ubuntu%%-1%-1%%gate.example.org%22%jump%0%0%0%_CurrentDrive_:\\keys\\${number}.pem#`,
    `db-${number}=#110#0%10.4.${number}.20%22%[stored]%%-1%-1%htop#`,
  ]),
  'desktop=#91#4%10.4.9.9%3389%me#',
].join('\r\n')
