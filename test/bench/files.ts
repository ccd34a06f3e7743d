import { startApp } from '../support/app.ts'
import { startKnownHost } from '../support/host.ts'
import { makeManyFiles } from '../support/many-files.ts'
import { filtering } from './painted.ts'
import { type Row, within } from './row.ts'
import { launch } from './terminal-page.ts'

const FILES = 100_000
const FRAME_MS = 1000 / 60
const PATIENCE_MS = 60_000
/** Each of them changes what is listed: narrower and narrower, then back to everything. */
const KEYS = ['1', '2', '3', 'Backspace', '4', 'Backspace', 'Backspace', 'Backspace']

export const rows: Row[] = [
  {
    id: 'files-100k',
    what: 'one key in the filter over 100,000 files of a folder, to painted, p95, against two frames of 60 Hz',
    budget: 1,
    better: 'lower',
    unit: 'ms',
    async measure(cleanup) {
      const files = makeManyFiles(FILES)
      cleanup.defer(files.remove)
      const host = cleanup.adopt(await startKnownHost({ config: ['ForceCommand internal-sftp'] }), (known) => known.remove())
      const app = cleanup.adopt(await startApp({ home: host.home }), (started) => started.stop())
      const browser = await launch(cleanup)
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
      page.setDefaultTimeout(PATIENCE_MS)
      await page.goto(app.address)
      await page.getByRole('button', { name: 'New connection' }).click()
      await page.getByRole('combobox', { name: 'Connect to' }).fill(`sftp://${host.sshd.user}@127.0.0.1:${host.sshd.port}`)
      await page.keyboard.press('Enter')
      // Which gives the focus back as it goes.
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
      const path = page.getByRole('combobox', { name: 'Path' })
      await path.fill(files.folder)
      await path.press('Enter')
      await within(PATIENCE_MS, 'list all files', page.getByText('100,000 entries').waitFor())
      await page.getByRole('region', { name: '127.0.0.1, files only' }).getByRole('searchbox').focus()
      return { ours: await filtering(page, '[role=grid]', KEYS), peer: [2 * FRAME_MS] }
    },
  },
]
