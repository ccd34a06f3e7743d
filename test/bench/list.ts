import { startPracticeCloud } from '../../demo/start.ts'
import { createHome, startApp } from '../support/app.ts'
import { giveAccount } from '../support/host.ts'
import { percentile, type Row } from './row.ts'
import { launch } from './terminal.ts'

const INSTANCES = 10_000
const FRAME_MS = 1000 / 60

export const rows: Row[] = [
  {
    id: 'list-10k',
    what: 'one key in the filter over 10,000 instances, to painted, p95, against two frames of 60 Hz',
    budget: 1,
    better: 'lower',
    unit: 'ms',
    async measure() {
      const [cloud, { home, remove }] = [await startPracticeCloud(), await createHome()]
      await cloud.setInstances(INSTANCES)
      await giveAccount(home, cloud)
      const app = await startApp({ home })
      const browser = await launch()
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      await page.goto(app.address)
      const panel = page.getByRole('region', { name: 'Instances', exact: true })
      await page
        .getByRole('status')
        .getByText('10,000 instances')
        .or(page.getByText('10,000 instances'))
        .first()
        .waitFor({ timeout: 60_000 })
      await panel.getByRole('searchbox').focus()
      // From the key's event until the frame that shows the list it leaves has been painted.
      await page.evaluate(() => {
        const times: number[] = []
        Object.assign(window, { times })
        addEventListener(
          'input',
          (event) => {
            const tree = document.querySelector('[role=tree]')
            const observer = new MutationObserver(() => {
              observer.disconnect()
              requestAnimationFrame(() => {
                const { port1, port2 } = new MessageChannel()
                port1.onmessage = () => times.push(performance.now() - event.timeStamp)
                port2.postMessage(undefined)
              })
            })
            if (tree?.parentElement)
              observer.observe(tree.parentElement, { childList: true, subtree: true, characterData: true, attributes: true })
          },
          { capture: true },
        )
      })
      const ours: number[] = []
      for (let run = 0; run < 5; run++) {
        for (const key of ['4', '2', '7', 'Backspace', 'Backspace', 'Backspace', '9', '1', '3', 'Backspace', 'Backspace', 'Backspace']) {
          const before = await page.evaluate(() => (window as unknown as { times: number[] }).times.length)
          await page.keyboard.press(key)
          await page.waitForFunction((count) => (window as unknown as { times: number[] }).times.length > count, before)
        }
        const times = await page.evaluate(() => (window as unknown as { times: number[] }).times.splice(0))
        ours.push(percentile(times, 0.95))
      }
      await browser.close()
      await app.stop()
      await cloud.stop()
      await remove()
      return { ours, peer: [2 * FRAME_MS] }
    },
  },
]
