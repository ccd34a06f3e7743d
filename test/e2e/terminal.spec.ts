import { answers, expect, instance, terminal, test } from '../support/page.ts'

test.beforeEach(async ({ page, openApp, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'web-1').dblclick()
  await expect(terminal(page, 'web-1')).toContainText('ubuntu@web-1:~$')
})

test('the shell has the size of the page, and follows it', async ({ page }) => {
  await answers(page, 'web-1', 'echo before: $(stty size)', /before: \d+ \d+/)
  const before = /before: (\d+) (\d+)/.exec((await terminal(page, 'web-1').textContent()) ?? '')
  await page.setViewportSize({ width: 1100, height: 600 })
  await answers(page, 'web-1', 'echo after: $(stty size)', /after: \d+ \d+/)
  const after = /after: (\d+) (\d+)/.exec((await terminal(page, 'web-1').textContent()) ?? '')
  expect(Number(after?.[1])).toBeLessThan(Number(before?.[1]))
  expect(Number(after?.[2])).toBeLessThan(Number(before?.[2]))
})

test('several pasted lines are shown before they are sent, and are not sent when the person says no', async ({ page }) => {
  await page.evaluate(() => navigator.clipboard.writeText('echo one-$((1+0))\necho two-$((1+1))\n'))
  await terminal(page, 'web-1').getByRole('textbox', { name: 'Terminal input' }).focus()
  await page.keyboard.press('Control+Shift+V')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('echo one-')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await answers(page, 'web-1', 'echo after-$((1+2))', 'after-3')
  await expect(terminal(page, 'web-1')).not.toContainText('two-2')
  await page.keyboard.press('Control+Shift+V')
  await dialog.getByRole('button', { name: 'Paste' }).click()
  await page.keyboard.press('Enter')
  await expect(terminal(page, 'web-1')).toContainText('two-2')
})

test('the search counts every place, walks through them and takes expressions, whole words and the case', async ({ page }) => {
  await answers(page, 'web-1', "clear; seq -f 'line %g of' 1 1500; echo cat concatenate Cat catty; echo d-$((40+2))", 'd-42')
  await page.keyboard.press('Control+Shift+F')
  const search = page.getByRole('search')
  const box = search.getByRole('textbox')
  await box.fill('line')
  await expect(search).toContainText('1500 of 1500')
  await page.keyboard.press('Enter')
  await expect(search).toContainText('1499 of 1500')
  await page.keyboard.press('Shift+Enter')
  await expect(search).toContainText('1500 of 1500')
  await page.keyboard.press('Shift+Enter')
  await expect(search).toContainText('1 of 1500')
  await expect(terminal(page, 'web-1')).toContainText('line 1 of')
  await box.fill('cat')
  await expect(search).toContainText('of 4')
  await search.getByRole('button', { name: 'Whole words only' }).click()
  await expect(search).toContainText('of 2')
  await search.getByRole('button', { name: 'Match case' }).click()
  await expect(search).toContainText('1 of 1')
  await search.getByRole('button', { name: 'Regular expression' }).click()
  await box.fill('line 1[0-4]{2}')
  await expect(search).toContainText('of 25')
  await box.fill('line (')
  await expect(search).toContainText('Not a regular expression')
  await box.fill('no such thing')
  await expect(search).toContainText('Not found')
  await page.keyboard.press('Escape')
  await expect(search).toHaveCount(0)
})

test('a shell that ended is come back to with Enter, on the same screen', async ({ page }) => {
  await answers(page, 'web-1', 'echo kept-$((40+2)); exit', 'kept-42')
  await expect(terminal(page, 'web-1')).toContainText('Enter')
  await page.keyboard.press('Enter')
  await answers(page, 'web-1', 'echo back-$((40+3))', 'back-43')
  await expect(terminal(page, 'web-1')).toContainText('kept-42')
})

test('a second terminal beside the first shares its connection, and closing one leaves the other', async ({ page }) => {
  await page.getByRole('button', { name: 'Split to the right' }).click()
  await expect(page.getByRole('tab', { name: /web-1/ })).toHaveCount(2)
  await expect(terminal(page, 'web-1')).toHaveCount(2)
  await expect(terminal(page, 'web-1').nth(1)).toContainText('ubuntu@web-1:~$')
  await page.keyboard.type('echo second-$((40+2))\n')
  await expect(terminal(page, 'web-1').filter({ hasText: 'second-42' })).toHaveCount(1)
  await page.keyboard.type('exit\n')
  await page.keyboard.press('Control+Shift+W')
  await expect(page.getByRole('tab', { name: /web-1/ })).toHaveCount(1)
  await answers(page, 'web-1', 'echo first-$((40+3))', 'first-43')
})

test('wide characters, colours and a title arrive', async ({ page }) => {
  await answers(page, 'web-1', String.raw`printf '\033[38;2;255;100;0mdos 日本 ñandú\033[0m\033]0;my title\007\n'`, 'dos 日本 ñandú')
  await expect(page.getByRole('tab', { name: /my title|web-1/ })).toHaveCount(1)
})

test('a flood does not keep a key from being answered', async ({ page }) => {
  await terminal(page, 'web-1').getByRole('textbox', { name: 'Terminal input' }).focus()
  await page.keyboard.type('yes floooood\n')
  await expect(terminal(page, 'web-1')).toContainText('floooood')
  await page.keyboard.press('Control+C')
  await answers(page, 'web-1', 'clear; echo calm-$((40+2))', 'calm-42')
})

test('a flood draws each row once a frame, and moves the input field no more often', async ({ page }) => {
  await answers(page, 'web-1', 'seq 1 12000; echo full-$((1+1))', 'full-2')
  await terminal(page, 'web-1').getByRole('textbox', { name: 'Terminal input' }).focus()
  await page.keyboard.type('yes flooding')
  await page.keyboard.press('Enter')
  await expect(terminal(page, 'web-1')).toContainText(/(flooding\s*){5}/)
  const drawn = await page.evaluate(async () => {
    const rows = document.querySelector('.xterm-rows')
    const field = document.querySelector('.xterm-helper-textarea')
    if (!rows?.lastElementChild || !field) throw new Error('there is no terminal')
    const frames = new Map<unknown, { rows: number; moves: number }>()
    const count = (what: 'rows' | 'moves') => () => {
      const frame = document.timeline.currentTime
      const seen = frames.get(frame) ?? { rows: 0, moves: 0 }
      seen[what] += 1
      frames.set(frame, seen)
    }
    const observers = [new MutationObserver(count('rows')), new MutationObserver(count('moves'))] as const
    // Called once for each task that changes it.
    observers[0].observe(rows.lastElementChild, { childList: true })
    observers[1].observe(field, { attributes: true, attributeFilter: ['style'] })
    while ([...frames.values()].filter(({ rows }) => rows > 0).length < 20) await new Promise(requestAnimationFrame)
    for (const observer of observers) observer.disconnect()
    return [...frames.values()]
  })
  await page.keyboard.press('Control+C')
  expect(Math.max(...drawn.map(({ rows }) => rows))).toBe(1)
  expect(Math.max(...drawn.map(({ moves }) => moves))).toBeLessThanOrEqual(1)
})
