import { posix } from 'node:path'
import { UserError } from '../../user-error.ts'
import { streamFile } from '../download-stream.ts'
import { transferError } from '../failures.ts'
import { streamFolder } from '../folder-stream.ts'
import type { Lanes } from '../lanes.ts'
import { shownName } from '../names.ts'
import type { Outflow } from './carrier.ts'
import { handOver } from './port-calls.ts'
import { telling } from './sums.ts'

/** What a browser downloads, ready to be poured. Throws UserError. */
export async function openOutflow(path: string, lanes: Lanes, signal: AbortSignal): Promise<Outflow> {
  const facts = await lanes.first.stat(path).catch((error) => Promise.reject(transferError(error, path)))
  const { kind, size } = facts
  if (kind !== 'file' && kind !== 'folder') throw new UserError('TRANSFER_NOT_A_FILE', { name: shownName(path), side: 'host' })
  const source = { ...facts, path }
  return {
    kind,
    size,
    pour: (push, progress) =>
      telling(progress, async (report) => {
        if (kind === 'file') {
          report.found(1, size)
          report.scanned()
        }
        const stream =
          kind === 'file'
            ? streamFile(source, { lanes, signal, onBytes: report.bytes })
            : streamFolder(source, posix.basename(path) || 'root', { lanes, signal, report })
        for await (const bytes of stream) await push(handOver(bytes))
        if (kind === 'file') report.fileDone()
      }),
  }
}
