import type { Instance } from '../../contract/models/instance.ts'
import type { AddressChoice } from '../../contract/models/reach.ts'
import { type ConnectChoices, hostName } from '../../contract/models/terminal.ts'
import type { ConfiguredHost } from '../ssh/config/host.ts'

export interface OwnAddressFacts {
  readonly choices: ConnectChoices
  readonly tags: Readonly<Record<string, string>>
  readonly addresses: Pick<Instance, 'publicAddress' | 'privateAddress' | 'ipv6Address'>
}
export interface AddressFacts extends OwnAddressFacts {
  /** For the instance, or for the address that was chosen: it renames either, as `ssh` would. */
  readonly sshConfig?: ConfiguredHost | undefined
}

/** Where to find an instance: undefined where nobody named an address and it has none. Pure. */
export function chooseAddress(facts: AddressFacts): AddressChoice | undefined {
  const { choices, sshConfig, tags } = facts
  const port = choices.port ?? sshConfig?.port ?? tagPort(tags) ?? 22
  if (sshConfig?.hostName && hostName.safeParse(sshConfig.hostName).success) {
    return { host: sshConfig.hostName, port, reason: 'ssh-config', params: { host: sshConfig.matched } }
  }
  if (choices.address) return { host: choices.address, port, reason: 'choice', params: {} }
  const own = ownAddress(facts)
  return own && { ...own, port }
}

/** The address that AWS gives the instance itself, whatever else leads there. */
export function ownAddress({ choices, tags, addresses }: OwnAddressFacts): Pick<AddressChoice, 'host' | 'reason' | 'params'> | undefined {
  const kinds = { public: addresses.publicAddress, ipv6: addresses.ipv6Address, private: addresses.privateAddress } as const
  const isOwn = choices.address !== undefined && Object.values(kinds).includes(choices.address)
  if (choices.address) return isOwn ? { host: choices.address, reason: 'choice', params: {} } : undefined
  const via = Object.entries(kinds).find(([kind]) => kind === tags['mooring:via']?.trim().toLowerCase())?.[1]
  if (via) return { host: via, reason: 'tag', params: { tag: 'mooring:via' } }
  for (const reason of ['public', 'ipv6', 'private'] as const) {
    const host = kinds[reason]
    if (host) return { host, reason, params: {} }
  }
  return undefined
}

export function tagPort(tags: AddressFacts['tags']): number | undefined {
  const text = tags['mooring:port']?.trim() ?? ''
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port >= 1 && port <= 65535 ? port : undefined
}
