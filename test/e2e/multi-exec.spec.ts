import { answers, expect, instance, terminal, test } from '../support/page.ts'

test('one keyboard for many terminals: keys, a paste, one left out, and an end to it', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  for (const name of ['web-1', 'web-2', 'build-agent']) {
    await instance(page, name).dblclick()
    await expect(terminal(page, name)).toContainText(/[$#]/)
  }
  await page.getByRole('main').getByRole('tab', { name: /web-2/ }).click()
  await answers(page, 'web-2', 'other=1; echo "se$((1))t"', 'se1t')
  await page.getByRole('main').getByRole('tab', { name: /web-1/ }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Type into all terminals at once' }).click()
  const bar = page.getByRole('region', { name: 'Typing into many terminals' })
  await expect(bar.getByText('What you type goes to 3 terminals at once.')).toBeVisible()
  await bar.getByRole('button', { name: 'Show all side by side' }).click()
  for (const name of ['web-1', 'web-2', 'build-agent']) await expect(terminal(page, name)).toBeVisible()

  await answers(page, 'web-1', 'echo $((40 + 2)) all', '42 all')
  for (const name of ['web-2', 'build-agent']) await expect(terminal(page, name)).toContainText('42 all')

  // What a terminal answers to its own host (here: where is the cursor?) is nobody else's.
  await answers(
    page,
    'web-1',
    'if [ "$(hostname)" = web-1 ] || [ -n "$PS1" ]; then printf "\\033[6n"; read -rsd R -t 2 where; echo "asked $((6 * 7))"; fi',
    'asked 42',
  )
  await expect(terminal(page, 'web-2')).toContainText('asked 42')
  await expect(terminal(page, 'web-2')).not.toContainText('2R')

  // Who answers otherwise is shown, and marked on its tab.
  await bar.getByRole('button', { name: 'Compare' }).click()
  const compare = page.getByRole('region', { name: 'Compare what the terminals answer' })
  await answers(page, 'web-1', 'echo same; [ -n "$other" ] && echo "only $((3 * 3)) here"; echo "en$((1))d"', 'en1d')
  await expect(compare.getByRole('status')).toHaveText('1 answers otherwise than most.')
  await expect(compare.getByRole('region', { name: /web-2/ })).toContainText('+ only 9 here')
  const mark = (name: RegExp) => page.getByRole('main').getByRole('tab', { name }).getByRole('img', { name: 'Its answer differs' })
  await expect(mark(/web-2/)).toBeVisible()
  await expect(mark(/web-1/)).toHaveCount(0)
  await answers(page, 'web-1', 'echo "al$((1))ike"', 'al1ike')
  await expect(compare.getByRole('status')).toHaveText('All 3 answer alike.')
  await expect(mark(/web-2/)).toHaveCount(0)
  await bar.getByRole('button', { name: 'Compare' }).click()

  await page.getByRole('toolbar', { name: 'About build-agent' }).getByRole('button', { name: 'Takes part in typing into all' }).click()
  await expect(bar.getByText('What you type goes to 2 terminals at once.')).toBeVisible()
  await terminal(page, 'web-2').getByRole('textbox', { name: 'Terminal input' }).focus()
  await page.evaluate(() => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', 'echo pasted-$((1 + 1))')
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await page.keyboard.press('Enter')
  for (const name of ['web-1', 'web-2']) await expect(terminal(page, name)).toContainText('pasted-2')
  await expect(terminal(page, 'build-agent')).not.toContainText('pasted')

  await bar.getByRole('button', { name: 'Stop typing into all' }).click()
  await expect(bar).toHaveCount(0)
  await answers(page, 'web-1', 'echo $((50 + 5)) alone', '55 alone')
  await expect(terminal(page, 'web-2')).not.toContainText('alone')
})
