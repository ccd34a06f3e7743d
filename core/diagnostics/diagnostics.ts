import { readFile } from 'node:fs/promises'
import { arch, hostname, release, userInfo } from 'node:os'
import { join } from 'node:path'
import type { AppInfo } from '../../contract/models/app.ts'
import type { BookmarksState } from '../../contract/models/bookmark.ts'
import type { Settings } from '../../contract/models/settings.ts'
import type { SshConfigState } from '../../contract/models/ssh-config.ts'
import type { TerminalState } from '../../contract/models/terminal.ts'
import type { Aws } from '../aws/aws.ts'
import type { ReadonlyState } from '../state.ts'
import { createMask } from './mask.ts'

interface Facts {
  readonly info: AppInfo
  readonly settings: { readonly state: ReadonlyState<Settings> }
  readonly aws: Pick<Aws, 'inventory' | 'profiles'>
  readonly bookmarks: { readonly state: ReadonlyState<BookmarksState> }
  readonly configHosts: { readonly state: ReadonlyState<SshConfigState> }
  readonly terminals: { readonly state: ReadonlyState<readonly TerminalState[]> }
  readonly tunnels: { readonly state: ReadonlyState<readonly unknown[]> }
  readonly transfers: { readonly state: ReadonlyState<readonly unknown[]> }
  readonly dataFolder: string
  readonly homeFolder: string
}

/** Of each run's log. */
const MOST_LINES = 300
/** What says where somebody goes and with what, and is no habit. */
const NOT_TOLD = new Set<keyof Settings | (string & {})>([
  'proxy',
  'profiles',
  'regions',
  'collapsed',
  'keyFolders',
  'keyFiles',
  'certificates',
  'clipboardHosts',
  'noFolderHook',
  'terminalThemes',
  'highlights',
])

/** What one may give to whoever helps: what this is, how it is set and how it went, without names, addresses and secrets. */
export async function readDiagnostics(facts: Facts): Promise<string> {
  const { info, dataFolder, homeFolder } = facts
  const { counts, names } = lookAround(facts)
  const mask = createMask([['home', homeFolder], ['computer', hostname()], ['person', userInfo().username], ...names])
  const { node, electron, chrome } = process.versions
  const parts: [title: string, content: string][] = [
    [
      'Mooring',
      lines({ version: info.version, host: info.host, system: `${info.platform} ${release()} ${arch()}`, node, electron, chrome }),
    ],
    ['Parts', lines({ 'native crypto': info.nativeCrypto, restarted: info.restarted })],
    ['How much', lines(counts)],
    ['Problems at start', info.problems.map((problem) => JSON.stringify(problem)).join('\n')],
    ['Settings', lines(Object.fromEntries(Object.entries(facts.settings.state.value).filter(([name]) => !NOT_TOLD.has(name))))],
    ['Log of this run', await tail(join(dataFolder, 'log', 'mooring.log'))],
    ['Log of the run before', await tail(join(dataFolder, 'log', 'mooring.before.log'))],
  ]
  return mask(parts.map(([title, content]) => `## ${title}\n${content || '-'}\n`).join('\n'))
}

/** How much there is of everything, and everything of this person's that has a name, with what its stand-in is called. */
function lookAround({ aws, bookmarks, configHosts, terminals, tunnels, transfers }: Facts) {
  const { profiles } = aws.profiles.state.value
  const instances = aws.inventory.state.value.regions.flatMap(({ profile, region }) => aws.inventory.region(profile, region).instances)
  const { bookmarks: kept, history } = bookmarks.state.value
  const hosts = [...kept.map(({ target }) => target), ...history].flatMap((target) => (target.kind === 'host' ? target.host : []))
  const named = (kind: string, all: readonly { readonly name: string }[]) => all.map(({ name }) => [kind, name] as const)
  return {
    counts: {
      profiles: profiles.length,
      instances: instances.length,
      terminals: terminals.state.value.length,
      bookmarks: kept.length,
      tunnels: tunnels.state.value.length,
      transfers: transfers.state.value.length,
    },
    names: [
      ...hosts.map((host) => ['host', host] as const),
      ...named('host', configHosts.state.value.hosts),
      ...named('host', terminals.state.value),
      ...named('bookmark', kept),
      ...named('instance', instances),
      ...named('profile', profiles),
    ],
  }
}

function lines(values: Readonly<Record<string, unknown>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join('\n')
}

async function tail(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.trimEnd().split('\n').slice(-MOST_LINES).join('\n')
}
