import type { Instance } from '../../contract/models/instance.ts'
import type { RouteHop } from '../../contract/models/reach.ts'
import type { ConnectChoices, Target } from '../../contract/models/terminal.ts'
import type { ConfiguredHost, ProxyCommand } from '../ssh/config/host.ts'
import type { SystemProxy } from '../ssh/route/system-proxy.ts'
import { parseVia, type Via } from '../ssh/route/via.ts'
import { UserError } from '../user-error.ts'

/** What the bytes go through last before they are at the host; a jump host finds its own way. */
export type Through =
  | { readonly kind: 'jump'; readonly target: Target; readonly hop: RouteHop }
  | { readonly kind: 'proxy'; readonly proxy: SystemProxy; readonly hop: RouteHop }
  | { readonly kind: 'command'; readonly command: ProxyCommand; readonly hop: RouteHop }

export interface ThroughFacts {
  readonly choices: ConnectChoices
  readonly configured: ConfiguredHost | undefined
  readonly tags?: Readonly<Record<string, string>>
  /** The instances beside this one: only those may a tag or a choice name. */
  readonly neighbours?: readonly Instance[]
}

/** What was chosen comes first, then the person's own file, then the tag `mooring:via`. Pure. Throws UserError INVALID_INPUT. */
export function chooseThrough({ choices, configured, tags = {}, neighbours = [] }: ThroughFacts): Through | undefined {
  if (choices.via !== undefined) return chosen(choices.via, neighbours)
  if (configured?.proxyJump && configured.proxyJump !== 'none') {
    const via = parseVia(configured.proxyJump)
    return via?.kind === 'jump' ? jumpThrough(via, 'ssh-config') : undefined
  }
  const command = configured?.proxyCommand
  if (command) {
    const name = command.text.split(/\s+/, 1)[0] ?? ''
    return { kind: 'command', command, hop: { kind: 'command', name, detail: command.text, reason: 'ssh-config' } }
  }
  return tagged(tags['mooring:via'], neighbours)
}

function chosen(text: string, neighbours: readonly Instance[]): Through | undefined {
  const via = parseVia(text)
  switch (via?.kind) {
    case 'direct':
      return undefined
    case 'jump':
      return jumpThrough(via, 'choice')
    case 'proxy': {
      const { host, port, kind } = via.proxy
      return { kind: 'proxy', proxy: via.proxy, hop: { kind: 'proxy', name: `${host}:${port}`, detail: kind, reason: 'choice' } }
    }
    case 'instance': {
      const bastion = neighbours.find(({ ref }) => ref.instanceId === via.instanceId)
      if (bastion) return instanceThrough(bastion, 'choice')
      throw new UserError('INSTANCE_NOT_FOUND', { instanceId: via.instanceId })
    }
    default:
      throw new UserError('INVALID_INPUT', { field: 'via', problem: text })
  }
}

/** A tag is whatever somebody in the account wrote, so it may name an instance of the same network and nothing else. */
function tagged(tag: string | undefined, neighbours: readonly Instance[]): Through | undefined {
  const name = tag?.trim()
  const bastion = name ? neighbours.find((instance) => instance.ref.instanceId === name || instance.name === name) : undefined
  return bastion && instanceThrough(bastion, 'tag')
}

function instanceThrough(bastion: Instance, reason: RouteHop['reason']): Through {
  const { ref, name, publicAddress } = bastion
  return {
    kind: 'jump',
    target: { kind: 'instance', ref },
    hop: { kind: 'jump', name: name || ref.instanceId, detail: publicAddress ?? ref.instanceId, reason },
  }
}

/** As ssh: what leads to the last one is said before it, else it is as its own section says. */
function jumpThrough({ last, before }: Extract<Via, { kind: 'jump' }>, reason: RouteHop['reason']): Through {
  const { user, host, port } = last
  const choices = { ...(user ? { user } : {}), ...(port ? { port } : {}), ...(before ? { via: before } : {}) }
  const detail = `${user ? `${user}@` : ''}${host}${port ? `:${port}` : ''}`
  return {
    kind: 'jump',
    target: { kind: 'host', host, ...(Object.keys(choices).length > 0 ? { choices } : {}) },
    hop: { kind: 'jump', name: host, detail, reason },
  }
}

/** Those that may lead to an instance: running Unix machines of the same network. */
export function neighboursOf(instance: Instance, all: readonly Instance[]): readonly Instance[] {
  return all.filter(
    ({ ref, vpcId, state, windows }) =>
      ref.instanceId !== instance.ref.instanceId && vpcId !== undefined && vpcId === instance.vpcId && state === 'running' && !windows,
  )
}
