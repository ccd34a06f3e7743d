import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { startRelay } from '../integration/ssh/relay.ts'
import { startKnownHost } from '../support/host.ts'
import { answers, expect, instance, terminal, test } from '../support/page.ts'
import { freePort } from '../support/sshd.ts'

test('a session that is to be kept goes on in tmux, and is there again in another terminal', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'web-1').click()
  const connection = page.getByRole('region', { name: 'Connection' })
  await connection.getByRole('button', { name: 'Change' }).click()
  const form = connection.getByRole('form')
  await form.getByRole('switch', { name: 'Keep my session there' }).check()
  expect((await new AxeBuilder({ page }).include('[aria-label="Connection"]').analyze()).violations).toEqual([])
  await connection.getByRole('button', { name: 'Save' }).click()
  await expect(form).toHaveCount(0)

  await instance(page, 'web-1').dblclick()
  await expect(page.getByRole('toolbar', { name: 'About web-1' })).toContainText('kept in tmux as mooring-1')
  await answers(page, 'web-1', 'KEPT=41; echo set-$((KEPT+0))', 'set-41')
  await page.keyboard.press('Control+Shift+W')
  await expect(page.getByRole('tab', { name: /web-1/ })).toHaveCount(0)
  await instance(page, 'web-1').dblclick()
  await expect(terminal(page, 'web-1')).toContainText('set-41')
  await answers(page, 'web-1', 'echo back-$((KEPT+1))', 'back-42')
})

test('forwards of the SSH configuration are offered when a terminal on their host opens, and become tunnels', async ({ page, openApp }) => {
  const host = await startKnownHost()
  const port = await freePort()
  const section = [
    'Host box',
    'HostName 127.0.0.1',
    `Port ${host.sshd.port}`,
    `User ${host.sshd.user}`,
    `LocalForward ${port} localhost:80`,
  ]
  await writeFile(join(host.home, '.ssh', 'config'), `${section.join('\n')}\n`)
  await openApp({ home: host.home })
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByRole('combobox', { name: 'Connect to' }).fill('box')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Open the forwards of box?' })
  await expect(dialog).toContainText(`127.0.0.1:${port} of this computer leads to localhost:80`)
  await expect(dialog.getByRole('button', { name: 'Not these' })).toBeFocused()
  expect((await new AxeBuilder({ page }).include('[role="dialog"]').analyze()).violations).toEqual([])
  await dialog.getByRole('button', { name: 'Open them' }).click()
  await page.getByRole('button', { name: 'Tunnels', exact: true }).click()
  const tunnel = page.getByRole('region', { name: 'Tunnels' }).getByRole('listitem', { name: 'box:80', exact: true })
  await expect(tunnel.getByRole('status')).toHaveText('Open')
  await host.remove()
})

test('the way out for SSH is chosen in the settings, and shown where it is gone', async ({ page, openApp }) => {
  await openApp()
  await page.getByRole('button', { name: 'Settings' }).click()
  const settings = page.getByRole('dialog')
  await settings.getByRole('tab', { name: 'Terminal', exact: true }).click()
  await settings.getByRole('radiogroup', { name: 'Way out for SSH' }).getByText('This proxy').click()
  const address = settings.getByRole('textbox', { name: 'Address of the proxy' })
  await address.fill('ftp://proxy')
  await expect(settings).toContainText('An address such as')
  await address.fill('socks5://127.0.0.1:9')
  await address.blur()
  expect((await new AxeBuilder({ page }).include('[role="dialog"]').analyze()).violations).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByRole('combobox', { name: 'Connect to' }).fill('me@far.example')
  await page.keyboard.press('Enter')
  const way = page.getByRole('list', { name: 'The way there' })
  await expect(way.getByRole('listitem')).toHaveText([/This computer/, /127\.0\.0\.1:9.*failed/, /far\.example.*not yet/])
})

test('a lost terminal is tried again as soon as the computer has a network, not when its wait is over', async ({ page, openApp }) => {
  test.slow()
  const host = await startKnownHost()
  let relay = await startRelay(host.sshd.port)
  const [hostKey] = host.sshd.hostKeys
  await appendFile(join(host.home, '.ssh', 'known_hosts'), `box ${hostKey}\n`)
  const section = ['Host box', 'HostName 127.0.0.1', `Port ${relay.port}`, `User ${host.sshd.user}`, 'HostKeyAlias box']
  await writeFile(join(host.home, '.ssh', 'config'), `${section.join('\n')}\n`)
  await openApp({ home: host.home })
  await page.getByRole('button', { name: 'New connection' }).click()
  await page.getByRole('combobox', { name: 'Connect to' }).fill('box')
  await page.keyboard.press('Enter')
  await answers(page, 'box', 'echo here-$((40+2))', 'here-42')
  relay.close()
  // The fifth try waits for 15 seconds.
  const about = page.getByRole('toolbar', { name: 'About box' })
  await expect(about).toContainText(/Trying again in 1[2-5] seconds/, { timeout: 60_000 })
  relay = await startRelay(host.sshd.port, '127.0.0.1', relay.port)
  const before = Date.now()
  await page.evaluate(() => window.dispatchEvent(new Event('online')))
  expect((await relay.opened) - before).toBeLessThan(9_000)
  await expect(about).not.toContainText('Trying again')
  await answers(page, 'box', 'echo again-$((40+2))', 'again-42')
  relay.close()
  await host.remove()
})
