import { readFile } from 'node:fs/promises'
import { expect, instance, terminal, test } from '../support/page.ts'

test('an instance that nobody can log in to: its console log and its screen, in the details', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  const details = page.getByRole('complementary', { name: 'Details' })
  await instance(page, 'web-1').click()
  await details.getByRole('tab', { name: 'Console' }).click()
  const log = details.getByRole('region', { name: 'Console log' })
  await expect(log).toContainText('-----BEGIN SSH HOST KEY FINGERPRINTS-----')
  // The escapes that colour systemd's lines are gone.
  await expect(log).toContainText('Reached target network-online.target')
  const saving = page.waitForEvent('download')
  await log.getByRole('button', { name: 'Save' }).click()
  expect(await readFile(await (await saving).path(), 'utf8')).toContain('ip-10-20-1-10')
  const screen = details.getByRole('region', { name: 'Screen' })
  await screen.getByRole('button', { name: 'Take a picture' }).click()
  const picture = screen.getByRole('img', { name: /^The screen of web-1/ })
  await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(480)

  await instance(page, 'cache').click()
  await screen.getByRole('button', { name: 'Take a picture' }).click()
  await expect(screen.getByRole('alert')).toContainText('AWS takes no picture of the screen of i-0d18a6f3e5c2b9740')
  await instance(page, 'sensor-hub').click()
  await expect(log).toContainText('has printed nothing')
})

test('the serial console, where no network leads to the instance', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  const details = page.getByRole('complementary', { name: 'Details' })
  await instance(page, 'shop-eu').click()
  await details.getByRole('tab', { name: 'Console' }).click()
  await details.getByRole('button', { name: 'Open the serial console' }).click()
  const name = 'shop-eu, serial console'
  await expect(terminal(page, name)).toContainText('shop-eu login:')
  await expect(page.getByRole('toolbar', { name: new RegExp(name) })).toContainText('host key published by AWS')
  await terminal(page, name).getByRole('textbox', { name: 'Terminal input' }).focus()
  await page.keyboard.type('ec2-user\n')
  await expect(terminal(page, name)).toContainText('Password:')
  await page.keyboard.type('practice\n')
  await expect(terminal(page, name)).toContainText('ec2-user@shop-eu')
})
