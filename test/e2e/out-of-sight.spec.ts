import { answers, expect, instance, terminal, test } from '../support/page.ts'

const SOON = { timeout: 40_000 }

test('a terminal out of sight prints on without being drawn, and one comes back to where it is', async ({ page, openApp }) => {
  test.slow()
  await openApp({ arguments: ['--demo'] })
  for (const name of ['web-1', 'web-2']) {
    await instance(page, name).dblclick()
    await expect(terminal(page, name)).toContainText(`@${name}:~$`, SOON)
  }
  const tab = (name: string) => page.getByRole('main').getByRole('tab', { name })
  const lastTick = async () => Number([...((await terminal(page, 'web-1').textContent()) ?? '').matchAll(/tick (\d+)/g)].at(-1)?.[1])

  await tab('web-1').click()
  await answers(page, 'web-1', 'n=0; while :; do n=$((n+1)); echo tick $n; done', /tick \d{2}/)
  const rows = await terminal(page, 'web-1').locator('.xterm-rows').elementHandle()
  await tab('web-2').click()
  await answers(page, 'web-2', 'echo $((40 + 2))', '42')

  const drawn = await page.evaluateHandle((element) => {
    const counted = { changes: 0 }
    if (element) new MutationObserver((changes) => (counted.changes += changes.length)).observe(element, { childList: true, subtree: true })
    return counted
  }, rows)
  await answers(page, 'web-2', 'echo $((40 + 3))', '43')
  expect(await drawn.evaluate(({ changes }) => changes)).toBe(0)

  await tab('web-1').click()
  const back = await lastTick()
  // It is drawn again, which the counter above would have seen.
  await expect.poll(lastTick, SOON).toBeGreaterThan(back)
  expect(await drawn.evaluate(({ changes }) => changes)).toBeGreaterThan(0)
})
