import { answers, expect, instance, terminal, test } from '../support/page.ts'

test.beforeEach(async ({ page, openApp, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'web-1').dblclick()
  await expect(terminal(page, 'web-1')).toContainText('ubuntu@web-1:~$')
})

test('a picture brings what draws it along, and one that is too large leaves the terminal as it was', async ({ page }) => {
  const layer = terminal(page, 'web-1').locator('canvas.xterm-image-layer')
  await expect(layer).toHaveCount(0)
  // 60,000 by 60,000 pixels, said and drawn.
  await answers(
    page,
    'web-1',
    String.raw`clear; printf '\033Pq"1;1;60000;60000#1;2;100;0;0!60000~-!60000~\033\\'; echo huge-$((40+4))`,
    'huge-44',
  )
  await answers(
    page,
    'web-1',
    String.raw`clear; printf '\033Pq"1;1;60;60#1;2;100;0;0'; for i in 1 2 3 4 5 6 7 8 9 10; do printf '#1!60~-'; done; printf '\033\\\n'; echo sixel-$((40+2))`,
    'sixel-42',
  )
  await expect(layer).toHaveCount(1)
})

test('a text is copied with its colours, and nothing in it is more than text', async ({ page }) => {
  await answers(page, 'web-1', String.raw`clear; printf '\033[31mred\033[0m <img src=x onerror=alert(1)>\n'; echo end-$((40+2))`, 'end-42')
  await terminal(page, 'web-1')
    .locator('.xterm-screen')
    .click({ button: 'right', modifiers: ['Shift'] })
  await page.getByRole('menuitem', { name: 'Select all' }).click()
  await terminal(page, 'web-1')
    .locator('.xterm-screen')
    .click({ button: 'right', modifiers: ['Shift'] })
  await page.getByRole('menuitem', { name: 'Copy with colours' }).click()
  const read = (type: string) =>
    page.evaluate(async (wanted) => {
      const [item] = await navigator.clipboard.read()
      return item?.types.includes(wanted) ? (await item.getType(wanted)).text() : ''
    }, type)
  await expect
    .poll(() => read('text/html'), { timeout: 60_000 })
    .toMatch(/font-family: &quot;JetBrains Mono&quot;.*<span style=.color: #c0312b;.>red</s)
  expect(await read('text/html')).not.toMatch(/<img/)
  expect(await read('text/plain')).toContain('red <img src=x onerror=alert(1)>')
})

test('printing shows all that is kept, on white', async ({ page }) => {
  await answers(page, 'web-1', 'clear; seq 1 200; echo end-$((40+2))', 'end-42')
  await page.evaluate(() => {
    // The system's dialog is not the page's to answer.
    window.print = () => document.documentElement.setAttribute('data-printed', '')
  })
  await terminal(page, 'web-1')
    .locator('.xterm-screen')
    .click({ button: 'right', modifiers: ['Shift'] })
  await page.getByRole('menuitem', { name: 'Print…' }).click()
  await expect(page.locator('html[data-printed]')).toHaveCount(1)
  await page.emulateMedia({ media: 'print' })
  const sheet = page.locator('body > div:has(> h1)')
  await expect(sheet).toBeVisible()
  await expect(sheet).toContainText('web-1')
  for (const line of ['1', '2', '199', '200']) await expect(sheet.getByText(line, { exact: true }).first()).toBeAttached()
  await expect(terminal(page, 'web-1')).toBeHidden()
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')))
  await expect(sheet).toHaveCount(0)
})

test('ZMODEM is told no, politely, with the way to the files', async ({ page }) => {
  await page.getByRole('toolbar', { name: 'About web-1' }).getByRole('button', { name: 'Files' }).click()
  await expect(page.getByRole('region', { name: 'Files of web-1' })).toHaveCount(0)
  await answers(
    page,
    'web-1',
    String.raw`printf 'rz\r**\030B00000000000000\r\n'; IFS= read -rsn8 -t 300 no; printf '<%q>\n' "$no"; read -rsn8 -t 1 rest`,
    String.raw`<$'\030\030\030\030\030\030\030\030'>`,
  )
  const told = page.getByRole('alert').filter({ hasText: 'ZMODEM' })
  await expect(told).toContainText('web-1 wanted to send a file by ZMODEM')
  await told.getByRole('button', { name: 'Show the files' }).click()
  await expect(page.getByRole('toolbar', { name: 'About web-1' }).getByRole('button', { name: 'Files' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
})

test('words are drawn in colours where the program gave them none, and a log is marked on its tab', async ({ page }) => {
  await answers(
    page,
    'web-1',
    String.raw`clear; printf 'plain error from 10.0.0.7\n\033[32mgreen error\033[0m\n'; echo end-$((40+2))`,
    'end-42',
  )
  const drawnIn = (colour: string) =>
    terminal(page, 'web-1')
      .locator('.xterm-rows span')
      .evaluateAll(
        (spans, wanted) =>
          spans
            .filter((span) => getComputedStyle(span).color === wanted)
            .map((span) => span.textContent)
            .join(''),
        colour,
      )
  await expect.poll(() => drawnIn('rgb(192, 49, 43)'), { timeout: 60_000 }).toBe('error')
  await expect.poll(() => drawnIn('rgb(11, 114, 133)'), { timeout: 60_000 }).toBe('10.0.0.7')
  expect(await drawnIn('rgb(26, 122, 69)')).toContain('green error')
  const tab = page.getByRole('main').getByRole('tab', { name: /web-1/ })
  await tab.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Log to a file (plain text)' }).click()
  await expect(tab.getByRole('img', { name: /Its output goes to .*mooring-data\/logs\/web-1 .*\.log/ })).toBeVisible()
  await tab.click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Stop logging' }).click()
  await expect(tab.getByRole('img', { name: /Its output goes to/ })).toHaveCount(0)
})
