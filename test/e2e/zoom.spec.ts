import { screens } from '../screens/all.ts'
import { startPhotographer } from '../screens/photographer.ts'
import { expect, test } from '../support/page.ts'
import { outOfReach } from '../support/reflow.ts'

/** A window of 1280 x 800 at 200 %. */
const ZOOMED = { width: 640, height: 400 }

/** Those with the most in a row, in a dialog or beside each other. */
const names = [
  'Terminals, split',
  'Table, several selected',
  'Terminal, is this the right host',
  'Files, wide',
  'Instances, asked before a termination',
  'Instances, changing a type',
]

test('at 200 % nothing that can be pressed is cut off, covered or out of reach', async ({ browser }) => {
  test.slow()
  const photographer = await startPhotographer(browser, 'en')
  const problems: Record<string, readonly string[]> = {}
  try {
    for (const name of names) {
      const screen = screens.find((candidate) => candidate.name === name)
      if (!screen) throw new Error(`there is no screen “${name}”`)
      await photographer.visit(screen, async (page) => {
        await page.setViewportSize(ZOOMED)
        // What moves into its new place is given the time to.
        const seen = async () => {
          problems[name] = await outOfReach(page)
          return problems[name]
        }
        await expect
          .poll(seen)
          .toEqual([])
          .catch(() => undefined)
      })
    }
  } finally {
    await photographer.close()
  }
  expect(problems).toEqual(Object.fromEntries(names.map((name) => [name, []])))
})
