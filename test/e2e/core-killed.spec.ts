import { once } from 'node:events'
import { type PracticeCloud, startPracticeCloud } from '../../demo/start.ts'
import { type App, startApp } from '../support/app.ts'
import { giveAccount, type KnownHost, startKnownHost } from '../support/host.ts'
import { answers, expect, instance, terminal, test } from '../support/page.ts'
import { freePort } from '../support/sshd.ts'

let host: KnownHost
let cloud: PracticeCloud
test.beforeEach(async () => {
  host = await startKnownHost()
  cloud = await startPracticeCloud()
  await giveAccount(host.home, cloud)
})
test.afterEach(async () => {
  await cloud.stop()
  await host.remove()
})

/** As the system does it when memory runs out: nothing can be saved or said any more. */
async function kill({ process: child }: App) {
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
}

test('an app that is killed is said to be gone, and started again it shows what was kept at once', async ({ page, openApp }) => {
  const port = await freePort()
  const start = () => openApp({ home: host.home, arguments: ['--port', String(port)] })
  await page.clock.install()
  const app = await start()
  await instance(page, 'web-1').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Bookmark' }).click()
  await expect(page.getByText('Bookmarked: web-1')).toBeVisible()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('dialog').getByText('Dark', { exact: true }).click()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByRole('combobox', { name: 'Connect to' }).fill(`${host.sshd.user}@127.0.0.1:${host.sshd.port}`)
  await page.keyboard.press('Enter')
  await expect(terminal(page, '127.0.0.1')).toContainText('ready> ')
  await answers(page, '127.0.0.1', 'echo alive-$((40+2))', 'alive-42')

  await kill(app)
  await expect(page.getByText("Mooring's core is not answering. Connecting again…")).toBeVisible()
  await expect(terminal(page, '127.0.0.1')).toContainText('alive-42')
  await page.clock.fastForward(10_000)
  await expect(page.getByText('Mooring no longer answers at this address.')).toBeVisible()

  // AWS cannot be asked: what is listed is what was known.
  await cloud.stop()
  const again = await start()
  await expect(instance(page, 'web-1')).toBeVisible()
  await expect(page.getByRole('treeitem', { name: /us-east-1.* as of / })).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.getByRole('button', { name: 'Bookmarks' }).click()
  await expect(page.getByRole('tree', { name: 'Bookmarks' }).getByRole('treeitem', { name: /^web-1/ })).toBeVisible()
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByRole('combobox', { name: 'Connect to' }).click()
  await page.getByRole('option', { name: `${host.sshd.user}@127.0.0.1:${host.sshd.port}` }).click()
  await expect(terminal(page, '127.0.0.1')).toContainText('ready> ')
  await answers(page, '127.0.0.1', 'echo back-$((40+2))', 'back-42')
  expect(again.process.exitCode).toBeNull()
})

test('a page that an earlier run of the app let in is refused with words, and let in by the new address', async ({ page, openApp }) => {
  const place = { home: host.home, arguments: ['--port', String(await freePort())] }
  const app = await openApp(place)
  // A page that still loads parts of itself when the app is killed fails as any page does.
  await page.waitForLoadState('networkidle')
  await kill(app)
  const again = await startApp(place)
  const reloaded = await page.reload()
  expect(reloaded?.status()).toBe(401)
  await expect(page.locator('body')).toHaveText('Open Mooring with the address that it printed.')
  await page.goto(again.address)
  await expect(instance(page, 'web-1')).toBeVisible()
  const used = await page.goto(again.address)
  expect(used?.status()).toBe(403)
  await expect(page.locator('body')).toHaveText('This address was good for one use. Mooring prints a new one when it starts.')
  await again.stop()
})
