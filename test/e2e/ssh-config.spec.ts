import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { type KnownHost, startKnownHost } from '../support/host.ts'
import { answers, expect, terminal, test } from '../support/page.ts'

let host: KnownHost
test.beforeEach(async () => {
  host = await startKnownHost({ config: ['AcceptEnv *'] })
})
test.afterEach(() => host.remove())

async function quickConnect(page: Page, target: string) {
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByRole('combobox', { name: 'Connect to' }).fill(target)
  await page.keyboard.press('Enter')
}
const box = () => `  HostName 127.0.0.1\n  Port ${host.sshd.port}\n  User ${host.sshd.user}\n`

test('a command of the configuration is shown before it runs for the first time, and then never again', async ({ page, openApp }) => {
  await writeFile(join(host.home, '.ssh', 'config'), `Match exec "test %n = box"\n${box()}`)
  const app = await openApp({ home: host.home })
  await quickConnect(page, 'box')
  const dialog = page.getByRole('dialog', { name: 'May this command run?' })
  await expect(dialog).toContainText('test %n = box')
  await expect(dialog).toContainText('test box = box')
  await expect(dialog).toContainText('.ssh/config, line 1')
  await expect(dialog.getByRole('button', { name: 'Do not run it' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Run it', exact: true }).click()
  await expect(terminal(page, 'box')).toContainText('ready> ')

  await app.stop()
  await openApp({ home: host.home })
  await quickConnect(page, 'box')
  await expect(terminal(page, 'box').first()).toContainText('ready> ')
  await expect(dialog).toHaveCount(0)
})

test('a host whose key the configuration says not to check says so above its terminal, and a broken line hides nothing', async ({
  page,
  openApp,
}) => {
  const file = join(host.home, '.ssh', 'config')
  await writeFile(
    file,
    `Frobnicate yes\nHost box\n${box()}  UserKnownHostsFile /dev/null\n  StrictHostKeyChecking no\n  SetEnv WHO=there\n`,
  )
  await appendFile(file, 'Host "unfinished\n')
  await openApp({ home: host.home })
  await quickConnect(page, 'box')
  await expect(page.getByRole('toolbar', { name: 'About box' })).toContainText('host key not checked: your SSH configuration says so')
  await answers(page, 'box', 'echo hello-$WHO', 'hello-there')
})

test('a chain of jump hosts is a picture with each of its links, and the one that failed', async ({ page, openApp }) => {
  const jumps = `Host first\n${box()}Host second\n${box()}  ProxyJump first\n`
  await writeFile(
    join(host.home, '.ssh', 'config'),
    `${jumps}Host far\n  HostName 127.0.0.1\n  Port 9\n  User nobody\n  ProxyJump second\n`,
  )
  await openApp({ home: host.home })
  await quickConnect(page, 'far')
  const way = terminal(page, 'far').getByRole('list', { name: 'The way there' })
  await expect(way.getByRole('listitem')).toHaveText([/This computer/, /first.*jump host.*done/, /second.*jump host.*done/, /far.*failed/])
})

test('the hosts of ~/.ssh/config stand among the bookmarks, live, and are opened by double-click and by Enter', async ({
  page,
  openApp,
}) => {
  const file = join(host.home, '.ssh', 'config')
  await writeFile(file, `Host box\n${box()}Host "unfinished\nHost *.example\n  User x\n`)
  await openApp({ home: host.home })
  await page.getByRole('button', { name: 'Bookmarks' }).click()
  const hosts = page.getByRole('region', { name: 'From ~/.ssh/config' })
  await expect(hosts.getByRole('listitem')).toHaveText([/^box/])
  await expect(hosts).toContainText('cannot be read at line 5: a quotation mark is not closed')
  await appendFile(file, 'Host new-one\n  HostName 10.9.9.9\n')
  await expect(hosts.getByRole('listitem')).toHaveText([/^box/, /^new-one10\.9\.9\.9$/])
  const axe = await new AxeBuilder({ page }).include('[aria-label="From ~/.ssh/config"]').analyze()
  expect(axe.violations).toEqual([])

  await hosts.getByRole('button', { name: /^box/ }).dblclick()
  await answers(page, 'box', 'echo sum=$((20+3)); exit', 'sum=23')
  await hosts.getByRole('button', { name: /^new-one/ }).focus()
  await page.keyboard.press('ArrowUp')
  await expect(hosts.getByRole('button', { name: /^box/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: /box/ })).toHaveCount(2)

  await hosts.getByRole('button', { name: /^new-one/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Keep as a bookmark' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('tree', { name: 'Bookmarks' }).getByRole('treeitem', { name: /new-one/ })).toBeVisible()
})
