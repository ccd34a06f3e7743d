import { unwatchFile, watchFile } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import type { UserErrorData } from '../../../contract/errors.ts'
import type { ConfigHost, SshConfigState } from '../../../contract/models/ssh-config.ts'
import type { Log } from '../../log.ts'
import { createState, type ReadonlyState } from '../../state.ts'
import { type ConfiguredHost, type ResolveOptions, resolveHost } from './host.ts'
import { listHosts } from './list-hosts.ts'

export interface ConfigHosts {
  readonly state: ReadonlyState<SshConfigState>
  close(): void
}

const MOST_HOSTS = 500
const MOST_PROBLEMS = 100
/** Looked at like this, a change is seen on network drives too, and through an editor that puts a new file in the old one's place. */
const LOOK_MS = 2_000

/** The hosts of the files, live. No command of theirs is run for it. */
export function followConfigHosts(files: readonly string[], options: ResolveOptions & { homeFolder: string; log: Log }): ConfigHosts {
  const state = createState<SshConfigState>({ hosts: [], problems: [] })
  let watched: readonly string[] = []
  let reading = false
  let again = false
  let closed = false

  async function read(): Promise<void> {
    const { names, places } = await listHosts(files, options.homeFolder)
    if (closed) return
    watch(places)
    const hosts: ConfigHost[] = []
    const problems = new Map<string, UserErrorData>()
    for (const name of names.slice(0, MOST_HOSTS)) {
      const configured = await resolveHost(files, [name], options)
      for (const problem of configured?.problems ?? []) problems.set(JSON.stringify(problem), problem)
      hosts.push(toHost(name, configured))
    }
    const next = { hosts, problems: [...problems.values()].slice(0, MOST_PROBLEMS) }
    if (!isDeepStrictEqual(next, state.value)) state.set(next)
  }

  async function refresh(): Promise<void> {
    again = true
    if (reading) return
    reading = true
    while (again && !closed) {
      again = false
      await read().catch((error) => options.log.warn({ err: error }, 'the hosts of ssh_config could not be listed'))
    }
    reading = false
  }

  const changed = () => void refresh()

  function watch(places: readonly string[]): void {
    for (const place of watched) if (!places.includes(place)) unwatchFile(place, changed)
    for (const place of places) if (!watched.includes(place)) watchFile(place, { interval: LOOK_MS, persistent: false }, changed)
    watched = places
  }

  void refresh()
  return {
    state,
    close() {
      closed = true
      watch([])
    },
  }
}

function toHost(name: string, configured: ConfiguredHost | undefined): ConfigHost {
  const { hostName, user, port, proxyJump, proxyCommand } = configured ?? {}
  const through = proxyJump !== undefined && proxyJump !== 'none' ? proxyJump : proxyCommand?.text
  return {
    name,
    ...(hostName && hostName !== name ? { hostName } : {}),
    ...(user ? { user } : {}),
    ...(port ? { port } : {}),
    ...(through ? { through } : {}),
  }
}
