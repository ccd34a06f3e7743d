import { startPracticeCloud } from '../../demo/start.ts'
import { createHome, startApp } from '../support/app.ts'
import { giveAccount } from '../support/host.ts'
import { filtering } from './painted.ts'
import { type Row, within } from './row.ts'
import { launch } from './terminal-page.ts'

const INSTANCES = 10_000
const FRAME_MS = 1000 / 60
/** Each of them changes what is listed: narrower and narrower, then back to everything. */
const KEYS = ['w', 'e', 'b', 'Backspace', 's', 'Backspace', 'Backspace', 'Backspace']

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
      return { ours: await filtering(page, '[role=tree]', KEYS), peer: [2 * FRAME_MS] }
    },
  },
]
