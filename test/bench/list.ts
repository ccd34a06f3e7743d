import type { Page } from '@playwright/test'
import { startPracticeCloud } from '../../demo/start.ts'
import { createHome, startApp } from '../support/app.ts'
import { giveAccount } from '../support/host.ts'
import { percentile, type Row, within } from './row.ts'
import { launch } from './terminal-page.ts'

const INSTANCES = 10_000
const FRAME_MS = 1000 / 60
const PATIENCE_MS = 20_000
/** Each of them changes what is listed: narrower and narrower, then back to everything. */
const KEYS = ['w', 'e', 'b', 'Backspace', 's', 'Backspace', 'Backspace', 'Backspace']
const KEYS_IN_A_RUN = 40

export const rows: Row[] = [
  {
    id: 'list-10k',
    what: 'one key in the filter over 10,000 instances, to painted, p95, against two frames of 60 Hz',
    budget: 1,
    better: 'lower',
    unit: 'ms',
    async measure(cleanup) {
      const { home, remove } = await createHome()
      cleanup.defer(remove)
      const cloud = cleanup.adopt(await startPracticeCloud(), (started) => started.stop())
      await cloud.setInstances(INSTANCES)
      await giveAccount(home, cloud)
      const app = cleanup.adopt(await startApp({ home }), (started) => started.stop())
      const browser = await launch(cleanup)
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      await page.goto(app.address)
      await within(60_000, 'list all instances', page.getByText('10,000 instances').first().waitFor({ timeout: 60_000 }))
      await page.getByRole('region', { name: 'Instances', exact: true }).getByRole('searchbox').focus()
      await page.evaluate(watchList)
      const ours: number[] = []
      for (let run = 0; run < 5; run++) {
        const times: number[] = []
        for (let key = 0; key < KEYS_IN_A_RUN; key++) times.push(await painted(page, KEYS[key % KEYS.length] ?? ''))
        ours.push(percentile(times, 0.95))
      }
      return { ours, peer: [2 * FRAME_MS] }
    },
  },
]

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

/** Runs in the page. */
function watchList() {
  const list = document.querySelector('[role=tree]')?.parentElement
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
