import type { Page } from '@playwright/test'
import { within } from './row.ts'

const PATIENCE_MS = 20_000

/** Milliseconds from the key's own event until the frame that shows the list it leaves has been painted. */
export async function painted(page: Page, key: string): Promise<number> {
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
export function watchList(selector: string) {
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
