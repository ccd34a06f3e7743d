import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { expect, test } from '@playwright/test'
import { groups, type Row } from './sequences/rows.ts'

declare global {
  interface Window {
    show(text: string): Promise<{ screen: string[]; cursor: [number, number]; answer: string }>
  }
}

/** docs/terminal.md is this list, and says nothing that is not shown here. */
function listed(): string {
  const line = ({ what, not }: Row) => `| ${what} | ${not ? 'no' : 'yes'} |`
  return groups.map(({ name, rows }) => `### ${name}\n\n| | |\n|---|---|\n${rows.map(line).join('\n')}`).join('\n\n')
}

test('xterm.js does what docs/terminal.md says, and the list is that of these tests', async ({ page }) => {
  const { resolve } = createRequire(import.meta.url)
  await page.setContent('<div id="terminal"></div>')
  await page.addScriptTag({ content: await readFile(resolve('@xterm/xterm'), 'utf8') })
  await page.evaluate(() => {
    window.show = (text) => {
      const terminal = new (window as unknown as { Terminal: new (options: object) => import('@xterm/xterm').Terminal }).Terminal({
        cols: 40,
        rows: 6,
        allowProposedApi: true,
      })
      const place = document.createElement('div')
      document.body.append(place)
      terminal.open(place)
      let answer = ''
      terminal.onData((data) => {
        answer += data
      })
      return new Promise((resolve) =>
        terminal.write(text, () => {
          const { active } = terminal.buffer
          const screen = Array.from(
            { length: 6 },
            (_, row) =>
              active
                .getLine(active.baseY + row)
                ?.translateToString(true)
                .trimEnd() ?? '',
          )
          resolve({ screen, cursor: [active.cursorX + 1, active.cursorY + 1], answer })
          terminal.dispose()
          place.remove()
        }),
      )
    }
  })
  for (const { what, print, screen, cursor, answer } of groups.flatMap(({ rows }) => rows)) {
    const shown = await page.evaluate((text) => window.show(text), print)
    if (screen) expect.soft(shown.screen, what).toEqual(Array.from({ length: 6 }, (_, row) => screen[row] ?? ''))
    if (cursor) expect.soft(shown.cursor, what).toEqual(cursor)
    if (answer !== undefined) expect.soft(shown.answer, what).toBe(answer)
  }
  expect(await readFile('docs/terminal.md', 'utf8')).toContain(listed())
})
