import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, instance, test } from '../support/page.ts'
import { freePort } from '../support/sshd.ts'

const room = (page: Page) => page.getByRole('region', { name: 'Tunnels' })
const tunnel = (page: Page, name: string) => room(page).getByRole('listitem', { name, exact: true })
const dialog = (page: Page) => page.getByRole('dialog', { name: 'New tunnel' })

async function fromMenu(page: Page, name: string, port: number) {
  await instance(page, name).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'New tunnel…' }).click()
  await expect(dialog(page).getByRole('combobox', { name: 'Through' })).toHaveValue(name)
  await dialog(page).getByLabel('Port on this computer').fill(String(port))
  await dialog(page).getByLabel('Name').fill('Shop')
}
const startTunnel = (page: Page) => dialog(page).getByRole('button', { name: 'Start the tunnel' }).click()

test.beforeEach(async ({ openApp }) => void (await openApp({ arguments: ['--demo'] })))

test("an instance's port 5000 is brought to this computer, opened in the browser, stopped, and deleted with a way back", async ({
  page,
}) => {
  const port = await freePort()
  await fromMenu(page, 'web-1', port)
  await startTunnel(page)
  await expect(tunnel(page, 'Shop').getByRole('status')).toHaveText('Open')
  await expect(tunnel(page, 'Shop').getByRole('list').getByRole('listitem')).toHaveText([
    `This computer127.0.0.1port ${port}`,
    'web-1',
    'Targetlocalhostport 5000',
  ])
  const popup = page.waitForEvent('popup')
  await tunnel(page, 'Shop').getByRole('button', { name: 'Open in browser' }).click()
  await expect((await popup).getByRole('heading', { name: 'web-1' })).toBeVisible()
  await expect(tunnel(page, 'Shop')).not.toContainText('0 bytes received')

  await tunnel(page, 'Shop').getByRole('button', { name: 'Stop Shop' }).click()
  await expect(tunnel(page, 'Shop').getByRole('status')).toHaveText('Stopped')
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow()
  await tunnel(page, 'Shop').getByRole('button', { name: 'More about Shop' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(page.getByText('No tunnels yet')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await tunnel(page, 'Shop').getByRole('button', { name: 'Start Shop' }).click()
  await expect.poll(() => fetch(`http://127.0.0.1:${port}/`).then((response) => response.text(), String)).toContain('<h1>web-1</h1>')
})

test('a port that is taken says by what, and the next free one is a click away', async ({ page }) => {
  const server = createServer((_request, response) => response.end('not the tunnel'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await fromMenu(page, 'web-1', port)
  await startTunnel(page)
  await expect(tunnel(page, 'Shop').getByRole('alert')).toContainText(`already listens on port ${port} of 127.0.0.1`)
  await tunnel(page, 'Shop')
    .getByRole('button', { name: /^Use port \d+$/ })
    .click()
  await expect(tunnel(page, 'Shop').getByRole('status')).toHaveText('Open')
  server.close()
})

test('other computers are let in only after a warning, and what cannot be is said beside its field', async ({ page }) => {
  await page.keyboard.press('Control+Shift+K')
  await page.getByRole('dialog').getByRole('textbox').fill('new tunnel')
  await page.keyboard.press('Enter')
  const port = await freePort()
  await dialog(page).getByText('Dynamic (SOCKS)').click()
  await dialog(page).getByLabel('Port on this computer').fill(String(port))
  await dialog(page).getByLabel('Host', { exact: true }).fill('not a host')
  await dialog(page).getByRole('switch', { name: 'Let other computers use it' }).click()
  await expect(dialog(page).getByRole('alert')).toContainText('without logging in')
  expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([])
  await startTunnel(page)
  await expect(dialog(page)).toContainText('This is not a host.')
  await dialog(page).getByLabel('Host', { exact: true }).fill('me@127.0.0.1:1')
  await startTunnel(page)
  await expect(tunnel(page, `127.0.0.1:${port}`)).toContainText('0.0.0.0')
  await expect(room(page).getByRole('alert')).toContainText('nothing listens on port 1')
  expect((await new AxeBuilder({ page }).include('[aria-label="Tunnels"]').analyze()).violations).toEqual([])
})

test("databases of the instance's VPC are dragged onto this computer or chosen by keys, and all ways of a host are one picture", async ({
  page,
}) => {
  await fromMenu(page, 'web-1', await freePort())
  await dialog(page).getByRole('combobox', { name: 'What for' }).click()
  await page.getByRole('option', { name: 'catalogue, readers (Aurora MySQL 8.0)' }).click()
  await expect(dialog(page).getByLabel('Target', { exact: true })).toHaveValue(
    'catalogue.cluster-ro-c1x2y3practice.us-east-1.rds.amazonaws.com',
  )
  await startTunnel(page)
  await expect(tunnel(page, 'catalogue, readers').getByRole('status')).toHaveText('Open')

  await page.getByRole('button', { name: 'Databases beside web-1' }).click()
  const orders = page.getByRole('button', { name: 'Bring orders (PostgreSQL 16.4) to this computer' })
  await orders.dragTo(tunnel(page, 'catalogue, readers').getByRole('listitem').filter({ hasText: 'This computer' }))
  const picture = page.getByRole('list', { name: 'All ways through web-1' })
  await expect(picture.getByRole('listitem')).toHaveText([/catalogue, readersopen:\d+catalogue/, /ordersopen:\d+orders.+:5432/])
  await expect(orders).toBeHidden()
  await page.getByRole('button', { name: 'Bring wiki (MariaDB 10.11) to this computer' }).press('Enter')
  await expect(picture.getByRole('listitem')).toHaveCount(3)
  expect((await new AxeBuilder({ page }).include('[aria-label="Tunnels"]').analyze()).violations).toEqual([])
})
