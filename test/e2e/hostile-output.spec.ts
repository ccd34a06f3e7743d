import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { answers, expect, instance, terminal, test } from '../support/page.ts'

/*
 * What a host prints is hostile until shown otherwise: each test sends real bytes through a real shell to the page.
 */

test.beforeEach(async ({ page, openApp, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openApp({ arguments: ['--demo'] })
  await instance(page, 'web-1').dblclick()
  await expect(terminal(page, 'web-1')).toContainText('ubuntu@web-1:~$')
})

/** Prints what `printf` makes of it. */
const print = (page: Page, format: string, wanted: string | RegExp) =>
  answers(page, 'web-1', `printf '%b' '${format}'; echo seen-$((40+2))`, wanted)

/** What the terminal types back for the request of this number, up to the cursor's place, which is asked for last. */
async function typedBack(page: Page, number: number, format: string): Promise<string> {
  const ask = `clear; printf '%b' '${format}\\033[6n'; IFS= read -rsd R -t 300 back; printf '<${number}:%q>\\n' "$back"`
  const answer = new RegExp(`<${number}:(\\$'.*?\\d+;\\d+')>`)
  await answers(page, 'web-1', ask, answer)
  let back = ''
  const read = async () => (back = answer.exec((await terminal(page, 'web-1').textContent()) ?? '')?.[1] ?? '')
  await expect.poll(read, { timeout: 30_000 }).not.toBe('')
  return back
}

test('no report that a host asks for brings back words of its own, a line end, or a title', async ({ page }) => {
  const requests = [
    String.raw`\033]0;touch pwned\007\033[21t\033[20t`, // reports of the title and the icon's name
    String.raw`\033P$q"; touch pwned\n\033\\`, // DECRQSS with a command in it (CVE-2019-0542)
    String.raw`\0220$q"; touch pwned\n\0234`, // 8-bit, which UTF-8 has no room for
    String.raw`\0302\0220$q; touch pwned\n\0302\0234`, // the same as UTF-8
    String.raw`\033P+q746f75636820\033\\`, // XTGETTCAP
    String.raw`\005\033[\nc\033[>c\033[=c`, // ENQ, and device attributes with a line end in the middle
    String.raw`\033]52;c;?\007\033]50;?\007\033]4;1;?;touch pwned\007\033]7;?\007\033]133;?\007`,
    String.raw`\033[1;1;1;1;1;1*y\033[?26n\033[?15n\033[18t\033[19t\033[14t`, // checksums of the screen, keyboard, sizes
    String.raw`\033P0;0|17/746f756368\033\\\033[17~`, // DECUDK: a function key that would type a command
  ]
  test.slow()
  for (const [index, request] of requests.entries()) {
    const back = await typedBack(page, index, request)
    expect(back, request).not.toMatch(/touch|pwned|\\n|\\r|746f/)
    // Only ESC [ numbers letter, ESC P digit $ r ... ESC \ and colours.
    expect(back, request).toMatch(/^\$'(\\E\[[?>=]?[\d;]*[a-zA-Z]?|\\EP[01]\$r[\d;" ]*[a-z]*\\E\\\\|\\E\]4;1;rgb:[\da-f/]+\\E\\\\)+'$/)
  }
  await answers(page, 'web-1', 'ls pwned; echo none-$((40+2))', 'none-42')
  await expect(terminal(page, 'web-1')).toContainText("cannot access 'pwned'")
})

test('a title has no control, no turned writing and no end that is out of sight', async ({ page }) => {
  const tab = page.getByRole('main').getByRole('tab', { name: /web-1/ })
  await print(page, String.raw`\033]0;safe \0342\0200\0256\0342\0200\0213gpj.exe\007`, 'seen-42')
  await expect(tab).toContainText('safe gpj.exe')
  await answers(page, 'web-1', `printf '\\033]2;'; head -c 3000000 /dev/zero | tr '\\0' T; printf '\\007'; echo long-$((40+2))`, 'long-42')
  await expect(tab).toContainText('TTTT')
  expect(((await tab.textContent()) ?? '').length).toBeLessThan(260)
})

test('a sequence without an end, and a line without one, leave the terminal usable', async ({ page }) => {
  await answers(page, 'web-1', `head -c 4000000 /dev/zero | tr '\\0' L; printf '\\nline-%s\\n' $((40+2))`, 'line-42')
  await answers(page, 'web-1', `printf '\\033P'; head -c 12000000 /dev/zero | tr '\\0' D; printf '\\033\\\\dcs-%s\\n' $((40+3))`, 'dcs-43')
  await answers(
    page,
    'web-1',
    `printf '\\033]8;;'; head -c 12000000 /dev/zero | tr '\\0' O; printf '\\033\\\\osc-%s\\n' $((40+4))`,
    'osc-44',
  )
})

test('8-bit controls are what their 7-bit forms are, and bytes that are no text begin nothing', async ({ page }) => {
  await print(page, String.raw`\0233\0061mraw\n\0302\02331mred\0302\0233m\n`, 'seen-42')
  await expect(terminal(page, 'web-1')).toContainText('1mraw')
  await expect(terminal(page, 'web-1')).toContainText('red')
})

test('the clipboard is never read, and written only once the person has said so', async ({ page }) => {
  await page.evaluate(() => navigator.clipboard.writeText('mine'))
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText())
  await print(page, String.raw`\033]52;c;aGVsbG8KcHduZWQb\007`, 'seen-42')
  const question = page.getByRole('alert').filter({ hasText: 'wants to put' })
  await expect(question).toContainText('web-1 wants to put 11 characters on the clipboard')
  expect(await clipboard()).toBe('mine')
  await question.getByRole('button', { name: 'No' }).click()
  await expect(question).toHaveCount(0)
  expect(await clipboard()).toBe('mine')
  await print(page, String.raw`\033]52;c;YWxsb3dlZA==\007`, 'seen-42')
  await question.getByRole('button', { name: 'Always for this host' }).click()
  await expect.poll(clipboard, { timeout: 30_000 }).toBe('allowed')
  await print(page, String.raw`\033]52;c;\007\033]52;c;!\007\033]52;c;c2lsZW50bHk=\007`, 'seen-42')
  await expect.poll(clipboard, { timeout: 30_000 }).toBe('silently')
  await expect(question).toHaveCount(0)
})

test('a link says where it leads, whatever its text says, and only web addresses open', async ({ page, context, home }) => {
  await writeFile(join(home, 'untouched'), '')
  const screen = terminal(page, 'web-1').locator('.xterm-screen')
  const hint = terminal(page, 'web-1').getByRole('status').filter({ hasText: /open/ })
  const show = (url: string) => print(page, String.raw`\033c\033]8;;${url}\033\\https://bank.example/login\033]8;;\033\\\n`, 'seen-42')
  const point = async () => {
    await screen.hover({ position: { x: 300, y: 300 } })
    await screen.hover({ position: { x: 60, y: 8 } })
  }
  for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'vbscript:x', 'ssh://evil.example']) {
    await show(url)
    await point()
    await expect(hint).toContainText(url)
    await expect(hint).toContainText('does not open such links')
    await screen.click({ position: { x: 60, y: 8 }, modifiers: ['Control'] })
  }
  expect(context.pages()).toHaveLength(1)
  await show('https://bank.example@127.0.0.1:9/')
  await point()
  await expect(hint).toContainText('127.0.0.1:9 https://bank.example@127.0.0.1:9/')
  await expect(hint).toContainText('Ctrl+click opens it')
  await screen.click({ position: { x: 60, y: 8 } })
  expect(context.pages()).toHaveLength(1)
  const opened = context.waitForEvent('page')
  await screen.click({ position: { x: 60, y: 8 }, modifiers: ['Control'] })
  expect((await opened).url()).toMatch(/127\.0\.0\.1:9|about:blank|chrome-error/)
})
