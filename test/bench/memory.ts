import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startKnownHost } from '../support/host.ts'
import type { Row } from './row.ts'

export const rows: Row[] = [
  {
    id: 'memory-terminal',
    what: 'core memory for each idle open terminal, 200 open',
    budget: 0.5,
    better: 'lower',
    unit: 'MiB',
    async measure() {
      const host = await startKnownHost({ config: ['MaxStartups 100'] })
      const ours: number[] = []
      for (let run = 0; run < 5; run++) {
        const args = ['--expose-gc', join(import.meta.dirname, 'memory-core.ts'), host.home, host.sshd.user, `${host.sshd.port}`]
        ours.push(Number((await promisify(execFile)(process.execPath, args)).stdout))
      }
      await host.remove()
      return { ours, peer: [1] }
    },
  },
]
