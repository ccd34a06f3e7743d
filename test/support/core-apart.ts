// The core in a process of its own, to be killed: node core-apart.ts <home> <folder that is always chosen> <file that is always chosen>
import type { Worker } from 'node:worker_threads'
import { startCore } from './core.ts'
import type { CoreOrder, FromCoreApart } from './killable-core.ts'

const [home = '', folder = '', file = ''] = process.argv.slice(2)
let worker: Worker | undefined
process.on('worker', (started) => {
  worker = started
})

const core = await startCore(home, {}, { kind: 'desktop', chooseFiles: async (what) => [what === 'folder' ? folder : file] })
const tell = (message: FromCoreApart) => process.send?.(message)

process.on('message', async ({ call, order }: { call: number; order: CoreOrder }) => {
  const { settings, transfers } = core.client
  if (order.kind === 'limit') await settings.change({ transferRate: order.bytesPerSecond })
  else if (order.kind === 'end-worker') await worker?.terminate()
  else if (order.kind === 'resume') await transfers.resume({ id: order.id })
  const begun =
    order.kind === 'download'
      ? await transfers.download(order)
      : order.kind === 'upload'
        ? await transfers.uploadChosen({ ...order, what: 'file' })
        : undefined
  tell({ call, id: begun?.ids[0] ?? '' })
})

for await (const states of await core.client.transfers.watch()) tell({ states })
