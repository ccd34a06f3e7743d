import { answers, expect, instance, terminal, test } from '../support/page.ts'

test.beforeEach(async ({ context, openApp }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openApp({ arguments: ['--demo'] })
})

test('a reload of the page finds its terminals again, with their screens, names and places', async ({ page }) => {
  await instance(page, 'web-1').dblclick()
  await answers(page, 'web-1', 'echo kept-$((40+2))', 'kept-42')
  await page.getByRole('button', { name: 'Split downwards' }).click()
  await expect(terminal(page, 'web-1 (2)')).toContainText('ubuntu@web-1:~$')
  await page.getByRole('tab', { name: 'web-1 (2)' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await page.keyboard.type('logs')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'logs' })).toBeVisible()
  await page.reload()
  await expect(terminal(page, 'web-1')).toContainText('kept-42')
  await expect(terminal(page, 'logs')).toContainText('ubuntu@web-1:~$')
  await answers(page, 'logs', 'echo again-$((40+3))', 'again-43')
})

test('a program that was killed leaves neither its screen nor its mouse behind', async ({ page }) => {
  await instance(page, 'web-1').dblclick()
  await answers(page, 'web-1', String.raw`printf '\033[?1049h\033[2J\033[HALTERNATE\033[?1003h'; kill -9 $$`, 'signal SIGKILL')
  await expect(terminal(page, 'web-1')).toContainText('kill -9')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('toolbar', { name: 'About web-1' })).toContainText('ubuntu@web-1')
  await page.reload()
  await page.mouse.move(600, 400)
  await answers(page, 'web-1', 'echo clean-$((40+2))', 'clean-42')
  await expect(terminal(page, 'web-1')).not.toContainText('not found')
})

test('a changed host key is refused, with both fingerprints and the way back', async ({ page }) => {
  await instance(page, 'staging').dblclick()
  const alert = terminal(page, 'staging').getByRole('alert')
  await expect(alert).toContainText('shows another host key')
  const [known, shown] = ((await alert.textContent()) ?? '').match(/SHA256:[\w+/]{43}/g) ?? []
  await terminal(page, 'staging').getByRole('button', { name: 'What was tried' }).click()
  await expect(terminal(page, 'staging').getByRole('list', { name: 'What was tried' })).toContainText('Host key ssh-ed25519')
  await page.getByRole('button', { name: 'Forget the old key…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText(known ?? 'no fingerprint')
  await expect(dialog).toContainText(shown ?? 'no fingerprint')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(alert).toBeVisible()
})

test('waiting for a closed port shows what is done, and is given up with its tab', async ({ page }) => {
  await instance(page, 'shop-eu').dblclick()
  await expect(page.getByRole('list', { name: 'Steps' })).toContainText('Connecting to')
  await terminal(page, 'shop-eu').getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('main').getByRole('tab')).toHaveCount(1)
})

test('a stopped instance is started from where it could not be connected to', async ({ page }) => {
  await instance(page, 'batch').dblclick()
  await expect(terminal(page, 'batch').getByRole('alert')).toContainText('is stopped')
  await page.getByRole('button', { name: 'Start the instance' }).click()
  await expect(terminal(page, 'batch')).toContainText('@batch:~$', { timeout: 45_000 })
})

test('another window takes a terminal over, and this one takes it back', async ({ page, context }) => {
  await instance(page, 'web-1').dblclick()
  await answers(page, 'web-1', 'echo here-$((40+2))', 'here-42')
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(page.getByRole('toolbar', { name: 'About web-1' })).toContainText('shown in another window')
  await other.getByRole('tab', { name: 'web-1' }).click()
  await answers(other, 'web-1', 'echo there-$((40+3))', 'there-43')
  await page.getByRole('button', { name: 'Show it here' }).click()
  await expect(terminal(page, 'web-1')).toContainText('there-43')
  await answers(page, 'web-1', 'echo back-$((40+4))', 'back-44')
})

test('the right button pastes, selecting copies, and the menu comes with Shift', async ({ page }) => {
  await instance(page, 'web-1').dblclick()
  await answers(page, 'web-1', 'clear; echo copied-$((40+2))', 'copied-42')
  const screen = terminal(page, 'web-1').locator('.xterm-screen')
  await page.evaluate(() => navigator.clipboard.writeText('echo pasted-$((40+3))'))
  await screen.click({ button: 'right' })
  await page.keyboard.press('Enter')
  await expect(terminal(page, 'web-1')).toContainText('pasted-43')
  await screen.dblclick({ position: { x: 20, y: 8 } })
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe('copied-42')
  await screen.click({ button: 'right', modifiers: ['Shift'] })
  await expect(page.getByRole('menu', { name: 'Terminal' })).toContainText('Select all')
})

test('forty tabs open on one connection and close again', async ({ page }) => {
  test.slow() // Forty shells, one after the other.
  await instance(page, 'web-1').dblclick()
  await expect(terminal(page, 'web-1')).toContainText('ubuntu@web-1:~$')
  const open = page.getByRole('button', { name: 'Open a terminal' })
  for (let count = 0; count < 40; count += 1) await open.click()
  await expect(page.getByRole('main').getByRole('tab')).toHaveCount(42)
  await expect(terminal(page, 'web-1 (41)')).toContainText('ubuntu@web-1:~$')
  await page.getByRole('tab', { name: 'web-1 (41)' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Close the others' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End them' }).click()
  await expect(page.getByRole('main').getByRole('tab')).toHaveCount(2)
  await answers(page, 'web-1 (41)', 'echo last-$((40+2))', 'last-42')
})
