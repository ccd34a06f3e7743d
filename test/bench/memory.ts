import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startKnownHost } from '../support/host.ts'
import { type Row, within } from './row.ts'

const PATIENCE_MS = 60_000

export const rows: Row[] = [
  {
    id: 'memory-terminal',
    what: 'core memory for each idle open terminal, 200 open',
    budget: 0.5,
    better: 'lower',
    unit: 'MiB',
    async measure(cleanup) {
      const host = cleanup.adopt(await startKnownHost({ config: ['MaxStartups 100'] }), (started) => started.remove())
      const ours: number[] = []
      for (let run = 0; run < 5; run++) {
        const args = ['--expose-gc', join(import.meta.dirname, 'memory-core.ts'), host.home, host.sshd.user, `${host.sshd.port}`]
        const core = promisify(execFile)(process.execPath, args)
        cleanup.defer(() => void core.child.kill())
        ours.push(Number((await within(PATIENCE_MS, 'open 200 terminals', core)).stdout))
      }
      return { ours, peer: [1] }
    },
  },
]
