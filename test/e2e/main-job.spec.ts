import { answers, expect, instance, terminal, test } from '../support/page.ts'

test('a newcomer with no account opens the practice cloud, double-clicks an instance and is in its shell', async ({ page, openApp }) => {
  await openApp()
  await expect(page.getByRole('heading', { name: 'Pick a machine, be in its terminal' })).toBeVisible()
  await page.getByRole('button', { name: 'Open the practice cloud' }).click()
  await instance(page, 'web-1').dblclick()
  await expect(terminal(page, 'web-1')).toContainText('ubuntu@web-1:~$')
  const about = page.getByRole('toolbar', { name: 'About web-1' })
  await expect(about).toContainText('ubuntu@web-1')
  await expect(about).toContainText('the console log names it')
  await expect(about).toContainText('host key verified by AWS')
  await expect(about).toContainText('practice.pem')
  await answers(page, 'web-1', 'uname -a', /Linux .* GNU\/Linux/)
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('the whole job is done by keyboard alone', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await expect(instance(page, 'web-1')).toBeVisible()
  const filter = page.getByRole('region', { name: 'Instances' }).getByRole('searchbox', { name: 'Filter the instances' })
  while (!(await filter.evaluate((box) => box === document.activeElement))) await page.keyboard.press('Tab')
  await page.keyboard.type('web-2')
  await expect(instance(page, 'web-1')).toHaveCount(0)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(terminal(page, 'web-2')).toContainText('ec2-user@web-2:~$')
  await page.keyboard.type('echo sum=$((20+3))\n')
  await expect(terminal(page, 'web-2')).toContainText('sum=23')
})

test('tags, addresses and ids are found by the filter, and a filter that finds nothing says so', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  const filter = page.getByRole('region', { name: 'Instances' }).getByRole('searchbox', { name: 'Filter the instances' })
  await expect(instance(page, 'staging')).toBeVisible()
  for (const [typed, found] of [
    ['203.0.113.20', 'db-primary'],
    ['c6i.xlarge', 'batch'],
    ['environment staging', 'staging'],
  ] as const) {
    await filter.fill(typed)
    await expect(page.getByRole('tree', { name: 'Instances' }).locator('[role=treeitem][aria-level="2"]')).toHaveCount(1)
    await expect(instance(page, found)).toBeVisible()
  }
  await filter.fill('no such thing')
  await expect(page.getByRole('region', { name: 'Instances' })).toContainText('No instance matches')
})

test('an instance is stopped after a confirmation and started again, and the list follows', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'web-1').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Stop' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('web-1')
  await dialog.getByRole('button', { name: 'Stop' }).click()
  await expect(page.getByRole('treeitem', { name: /^web-1, stopped/ })).toBeVisible({ timeout: 30_000 })
  await instance(page, 'web-1').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Start' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Start' }).click()
  await expect(page.getByRole('treeitem', { name: /^web-1, running/ })).toBeVisible({ timeout: 30_000 })
})

test('terminals survive a reload of the page, and so does a question', async ({ page, openApp }) => {
  const app = await openApp({ arguments: ['--demo'] })
  await instance(page, 'web-1').dblclick()
  await answers(page, 'web-1', 'echo kept-$((40+2))', 'kept-42')
  await instance(page, 'sensor-hub').dblclick()
  await expect(page.getByRole('dialog', { name: 'Is this the right host?' })).toBeVisible()
  await page.reload()
  const question = page.getByRole('dialog', { name: 'Is this the right host?' })
  await expect(question).toContainText('SHA256:')
  await question.getByRole('button', { name: 'Trust and connect' }).click()
  await expect(terminal(page, 'sensor-hub')).toContainText('ubuntu@sensor-hub:~$')
  await page.getByRole('tab', { name: 'web-1' }).click()
  await expect(terminal(page, 'web-1')).toContainText('kept-42')
  await answers(page, 'web-1', 'echo again-$((40+3))', 'again-43')
  expect(app.process.exitCode).toBeNull()
})
