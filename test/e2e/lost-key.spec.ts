import AxeBuilder from '@axe-core/playwright'
import { answers, expect, instance, terminal, test } from '../support/page.ts'

// partner-gateway's key pair is one whose private key nobody here has.
test('somebody who lost a key gets back in: EC2 Instance Connect, a new key, and that one from then on', async ({
  page,
  openApp,
  home,
}) => {
  test.slow()
  const app = await openApp({ home, arguments: ['--demo'] })
  await instance(page, 'partner-gateway').dblclick()
  await expect(page.getByText('wants the key “partner-2023”')).toBeVisible()
  await page.getByRole('button', { name: 'I lost the key…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Back in without the key' })
  expect((await new AxeBuilder({ page }).include('[role=dialog]').analyze()).violations).toEqual([])
  await dialog.getByLabel('File name').fill('not a name')
  await dialog.getByRole('button', { name: 'Get me back in' }).click()
  await expect(dialog).toContainText('Letters, digits, dots and dashes only')
  await dialog.getByLabel('File name').fill('gateway')
  await dialog.getByRole('button', { name: 'Get me back in' }).click()
  await expect(dialog).toContainText('From now on partner-gateway opens with that key')
  await expect(dialog.getByRole('list', { name: 'Back in without the key' }).getByRole('listitem')).toHaveText(
    Array.from({ length: 5 }, () => /: done$/),
  )
  await dialog.getByRole('button', { name: 'Close', exact: true }).last().click()
  await answers(page, 'partner-gateway', 'ssh-keygen -lf ~/.ssh/authorized_keys', /gateway \(ED25519\)/)

  // A new page on the same core: what was chosen is remembered, and nothing has to be sent any more.
  await page.getByRole('tab', { name: /partner-gateway/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Close', exact: true }).click()
  await instance(page, 'partner-gateway').dblclick()
  await expect(terminal(page, 'partner-gateway')).toContainText('admin@partner-gateway:~$')
  await expect(page.getByRole('toolbar', { name: /partner-gateway/ })).toContainText('gateway')
  await app.stop()
})

test('without the key, once by a button, and by itself where the settings say so', async ({ page, openApp, home }) => {
  await openApp({ home, arguments: ['--demo'] })
  await instance(page, 'partner-gateway').dblclick()
  await page.getByRole('button', { name: 'Connect with EC2 Instance Connect' }).click()
  await expect(terminal(page, 'partner-gateway')).toContainText('admin@partner-gateway:~$')
  await page.getByRole('tab', { name: /partner-gateway/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Close', exact: true }).click()

  await page.getByRole('button', { name: 'Settings' }).click()
  const settings = page.getByRole('dialog', { name: 'Settings' })
  await settings.getByRole('tab', { name: 'Keys' }).click()
  await settings.getByRole('switch', { name: /Use EC2 Instance Connect by itself/ }).click()
  await page.keyboard.press('Escape')
  await instance(page, 'partner-gateway').click()
  await expect(page.getByRole('complementary', { name: 'Details' })).toContainText('its own key is not on this computer')
  await instance(page, 'partner-gateway').dblclick()
  await expect(terminal(page, 'partner-gateway')).toContainText('admin@partner-gateway:~$')
})
