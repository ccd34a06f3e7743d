import type { Host } from '../jobs/host.ts'
import { expectWell } from '../jobs/job.ts'
import { saidLines } from '../jobs/said.ts'
import type { ProjectFiles } from './recognise.ts'
import { INSPECT } from './scripts.ts'

export interface Inspected extends ProjectFiles {
  readonly commit: string | undefined
}

/** What is in a release. Throws UserError HOST_COMMAND_FAILED when its folder is not there. */
export async function inspect(host: Host, app: string, release: string, folder: string | undefined): Promise<Inspected> {
  return parseInspected(expectWell(host.name, await host.run(INSPECT, [app, release, folder ?? '.'])).output)
}

export function parseInspected(output: string): Inspected {
  const lines = saidLines(output)
  const commit = lines.find(([name]) => name === 'commit')?.[1] ?? ''
  return {
    paths: lines.flatMap(([name, value]) => (name === 'path' ? value : [])),
    texts: Object.fromEntries(
      lines.flatMap(([name, value]) => {
        const [file, encoded] = value.split(' ')
        return name === 'text' && file !== undefined ? [[file, Buffer.from(encoded ?? '', 'base64').toString('utf8')]] : []
      }),
    ),
    commit: /^[0-9a-f]{7,64}$/.test(commit) ? commit.slice(0, 12) : undefined,
  }
}
