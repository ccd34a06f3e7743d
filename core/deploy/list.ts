import { z } from 'zod'
import { appName, type DeployedApp, deployedApp, type HostApps, releaseId } from '../../contract/models/deploy.ts'
import type { Host } from '../jobs/host.ts'
import { expectWell } from '../jobs/job.ts'
import { SAY, saidLines } from '../jobs/said.ts'
import { type AppFile, parseAppFile } from './app-file.ts'
import { type HostFacts, SERVICES } from './host-facts.ts'
import { listeningAt } from './listening.ts'

/** Argument: the mode of services. One app after the other, then who listens. */
const LIST = `${SAY}${SERVICES}${String.raw`
mode=$1
for file in "$HOME"/.mooring/apps/*/app.json; do
  [ -f "$file" ] && [ ! -L "$file" ] || continue
  dir=${'${'}file%/app.json}
  name=${'${'}dir##*/}
  say app "$name"
  say file "$(head -c 65536 "$file" | tr -d '\r\n')"
  current=$(readlink "$dir/current") && say current "${'${'}current##*/}"
  for release in "$dir"/releases/*; do [ -d "$release" ] && say release "${'${'}release##*/}"; done
  [ "$mode" = none ] || say service "$(sc show -p LoadState -p ActiveState -p SubState -p NRestarts "mooring-$name.service" 2>/dev/null | tr '\n' ' ')"
done
{ ss -ltnH 2>/dev/null || cat /proc/net/tcp /proc/net/tcp6 2>/dev/null || netstat -an 2>/dev/null; } | grep -v ' 01 ' | while IFS= read -r line; do say listens "$line"; done
:
`}`

export interface ListedApps extends HostApps {
  /** By name: what is in their files. */
  readonly files: ReadonlyMap<string, AppFile>
  readonly listens: string
}

export async function listApps(host: Host, facts: HostFacts): Promise<ListedApps> {
  const { output } = expectWell(host.name, await host.run(LIST, [facts.services]))
  return { ...parseList(output), services: facts.services }
}

const MOST_APPS = 200
const MOST_RELEASES = 100

/** What the host says, with nothing in it believed that was not checked. */
export function parseList(output: string): Omit<ListedApps, 'services'> {
  const lines = saidLines(output)
  const listens = lines.flatMap(([name, value]) => (name === 'listens' ? value : [])).join('\n')
  const starts = lines.flatMap(([name], index) => (name === 'app' ? index : [])).slice(0, MOST_APPS)
  const files = new Map<string, AppFile>()
  const apps: DeployedApp[] = []
  const damaged: string[] = []
  for (const [nth, start] of starts.entries()) {
    const own = lines.slice(start, starts[nth + 1] ?? lines.length)
    const said = (name: string) => own.find(([each]) => each === name)?.[1]
    const folder = said('app') ?? ''
    const file = appName.safeParse(folder).success ? parseAppFile(folder, said('file') ?? '') : undefined
    if (!file) {
      damaged.push(folder.replace(/\p{Cc}/gu, '').slice(0, 60))
      continue
    }
    files.set(folder, file)
    const releases = own
      .flatMap(([name, value]) => (name === 'release' && releaseId.safeParse(value).success ? value : []))
      .filter((id) => id !== file.unfinished?.release || said('current') === id)
      .sort()
      .reverse()
      .slice(0, MOST_RELEASES)
    const current = said('current')
    apps.push({
      name: folder,
      source: file.source,
      plan: file.plan,
      variables: file.variables,
      releases: releases.map((id) => ({ id, commit: file.commits[id] })),
      current: current !== undefined && releases.includes(current) ? current : undefined,
      ...parseService(said('service') ?? ''),
      listening: file.plan ? listeningAt(file.plan.port, listens) : 'nowhere',
      unfinished: file.unfinished,
    })
  }
  return { apps: z.array(deployedApp).parse(apps), damaged, files, listens }
}

/** `LoadState=loaded ActiveState=active SubState=running NRestarts=0`, in whatever order (systemctl(1)). */
export function parseService(text: string): Pick<DeployedApp, 'service' | 'restarts'> {
  const value = (name: string) => new RegExp(`(?:^|\\s)${name}=(\\S*)`).exec(text)?.[1]
  const restarts = Number(/^\d{1,9}$/.exec(value('NRestarts') ?? '')?.[0] ?? 0)
  const active = value('ActiveState')
  if (active === undefined || value('LoadState') === 'not-found') return { service: 'absent', restarts: 0 }
  if (active === 'failed') return { service: 'failed', restarts }
  if (active === 'activating' || active === 'reloading') return { service: 'starting', restarts }
  return { service: active === 'active' ? 'running' : 'stopped', restarts }
}
