import type { ManyHost, ManyRun } from '../../contract/models/many.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { saveFile } from '../host/save-file.ts'
import { failuresFirst } from './order.ts'

/** All of it as one text, for a ticket or a colleague. */
export async function exportRun(run: ManyRun, words: (host: ManyHost) => string): Promise<void> {
  await attempt(async () => {
    const parts = [`$ ${run.command}`, run.startedAt, '']
    for (const { host, index } of failuresFirst(run.hosts)) {
      const { text } = host.bytes > 0 ? await api.many.output({ id: run.id, host: index }) : { text: '' }
      parts.push(`===== ${host.name}: ${words(host)}`, text.trimEnd(), '')
    }
    saveFile(`mooring-${run.startedAt.slice(0, 19).replaceAll(':', '-')}.txt`, parts.join('\n'), 'text/plain')
  })
}
