import type { Page } from '@playwright/test'
import { percentile, within } from './row.ts'

const PATIENCE_MS = 20_000
const RUNS = 5
const KEYS_IN_A_RUN = 40

/** The 95th percentile of each run, of the keys in turn. Each of them changes what `selector`, the list, shows of what is filtered. */
export async function filtering(page: Page, selector: string, keys: readonly string[]): Promise<number[]> {
  await page.evaluate(watchList, selector)
  const runs: number[] = []
  for (let run = 0; run < RUNS; run++) {
    const times: number[] = []
    for (let key = 0; key < KEYS_IN_A_RUN; key++) times.push(await painted(page, keys[key % keys.length] ?? ''))
    runs.push(percentile(times, 0.95))
  }
  return runs
}

/** Milliseconds from the key's own event until the frame that shows the list it leaves has been painted. */
async function painted(page: Page, key: string): Promise<number> {
  const changed = await page.evaluateHandle(() => ({ ms: window.untilPainted() }))
  await page.keyboard.press(key)
  const ms = await within(
    PATIENCE_MS,
    `see the list change after “${key}”`,
    changed.evaluate((handle) => handle.ms),
  )
  await changed.dispose()
  return ms
}

declare global {
  interface Window {
    untilPainted(): Promise<number>
  }
}

/** Runs in the page. `selector`: the list. */
function watchList(selector: string) {
  const list = document.querySelector(selector)?.parentElement
  if (!list) throw new Error('there is no list')
  let pressedAt = 0
  addEventListener(
    'keydown',
    (event) => {
      pressedAt = event.timeStamp
    },
    { capture: true },
  )
  window.untilPainted = () =>
    new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect()
        requestAnimationFrame(() => {
          // The first task after the frame's own work.
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => resolve(performance.now() - pressedAt)
          port2.postMessage(undefined)
        })
      })
      observer.observe(list, { childList: true, subtree: true, characterData: true, attributes: true })
    })
}
