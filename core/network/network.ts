import { isIPv6 } from 'node:net'
import { userInfo } from 'node:os'
import type { UserErrorData } from '../../contract/errors.ts'
import type { InstanceRef } from '../../contract/models/instance.ts'
import type {
  InstanceNetwork,
  NetworkChange,
  NetworkTarget,
  OwnAddress,
  PeerChoices,
  PreparedChange,
} from '../../contract/models/network.ts'
import type { ConnectChoices } from '../../contract/models/terminal.ts'
import type { Verdict } from '../../contract/models/verdict.ts'
import type { Activity } from '../activity/activity.ts'
import type { Aws } from '../aws/aws.ts'
import { PRACTICE_PROFILE } from '../aws/profiles/profile-sources.ts'
import type { CoreHost } from '../host.ts'
import type { Log } from '../log.ts'
import type { Reach } from '../reach/reach.ts'
import { createState, type ReadonlyState } from '../state.ts'
import { UserError } from '../user-error.ts'
import { createChanges } from './changes.ts'
import { openEndings } from './endings.ts'
import { gatherFacts } from './gather.ts'
import { groupsOf, readGroups, readInstanceNetwork, type Sources } from './instance-network.ts'
import { ADDRESS_URL, findOwnAddress, ownIpv6Towards } from './own-address.ts'
import { probe } from './probe.ts'
import { decide } from './verdict/verdict.ts'

/** As in the contract. */
export interface Network {
  readonly state: ReadonlyState<{ readonly revision: number }>
  readonly problem: UserErrorData | undefined
  instance(ref: InstanceRef): Promise<InstanceNetwork>
  choices(ref: InstanceRef): Promise<PeerChoices>
  prepare(target: NetworkTarget, change: NetworkChange): Promise<PreparedChange>
  apply(id: string): Promise<{ undo: string }>
  undo(id: string): Promise<void>
  /** Why a connection to it does not come to be. Free read-only calls, and one look whether anything answers. */
  diagnose(ref: InstanceRef, choices: ConnectChoices | undefined, signal: AbortSignal): Promise<Verdict>
  close(): Promise<void>
}

export interface NetworkOptions {
  readonly host: Pick<CoreHost, 'environment'>
  readonly reach: Pick<Reach, 'way'>
  readonly aws: Pick<Aws, 'network' | 'inventory' | 'profiles' | 'setting'>
  readonly activity: Activity
  readonly folder: string
  readonly log: Log
}

/** Who may reach an instance, and how that is changed. */
export function createNetwork({ host, aws, reach, activity, folder, log }: NetworkOptions): Network {
  const { network: calls, inventory } = aws
  const state = createState({ revision: 0 })
  const endings = openEndings(folder, log, async (ending) => {
    // The practice cloud's rules end with it.
    const isGone = ending.profile === PRACTICE_PROFILE && !aws.profiles.state.value.profiles.some(({ name }) => name === PRACTICE_PROFILE)
    if (!isGone) await changes.end(ending)
  })
  const sources: Sources = {
    calls,
    endings,
    findInstance: (ref) => inventory.find(ref),
    instancesIn: ({ profile, region }) => inventory.region(profile, region).instances,
  }

  /** Where the address is asked: the profile's own say, then the environment's, then Amazon's service. */
  async function ownAddress(profile: string): Promise<OwnAddress> {
    const url = aws.setting(profile, 'mooring_address_url') ?? host.environment.MOORING_ADDRESS_URL ?? ADDRESS_URL
    try {
      return { address: await findOwnAddress(url), from: new URL(url).host }
    } catch (error) {
      if (error instanceof UserError) return { error: error.data }
      throw error
    }
  }

  /** Of the version of the address that a connection goes to. */
  async function ownAddressTowards(profile: string, address: string | undefined): Promise<string | undefined> {
    if (!address || !isIPv6(address)) {
      const own = await ownAddress(profile)
      return 'address' in own ? own.address : undefined
    }
    const url = aws.setting(profile, 'mooring_address_ipv6_url')
    return url ? findOwnAddress(url, 6).catch(() => undefined) : ownIpv6Towards(address)
  }

  const changes = createChanges({
    calls,
    endings,
    activity,
    ownAddress,
    groupIds: async (target) => ('groupId' in target ? [target.groupId] : groupsOf(sources, target)),
    async group(target, groupId) {
      const [group] = await readGroups(sources, target, [groupId], 'groupId' in target ? undefined : target.instanceId)
      if (!group) throw new UserError('NOT_FOUND', { what: 'group' })
      return group
    },
    onChange: () => state.update(({ revision }) => ({ revision: revision + 1 })),
  })

  // A profile that can be used again may have rules whose time is over.
  const stopWatching = aws.profiles.state.subscribe(() => endings.check())
  endings.check()

  return {
    state,
    problem: endings.problem,
    instance: (ref) => readInstanceNetwork(sources, ref, ownAddress(ref.profile)),
    async choices(ref) {
      const vpcId = inventory.find(ref)?.vpcId
      const [groups, prefixLists] = await Promise.all([vpcId ? calls.groups(ref, { vpcId }) : [], calls.prefixLists(ref)])
      return { groups: groups.map(({ id, name }) => ({ id, name })), prefixLists: [...prefixLists] }
    },
    prepare: changes.prepare,
    apply: changes.apply,
    undo: changes.undo,
    async diagnose(ref, choices, signal) {
      const instance = await inventory.lookUp(ref, signal)
      const { shown, dialled } = await reach.way(instance, choices)
      const facts = await gatherFacts(
        {
          ...sources,
          ownAddress: await ownAddressTowards(ref.profile, shown?.host),
          user: personName(host.environment),
          shown,
          probe: () => probe({ address: dialled?.host ?? '', port: dialled?.port ?? 22 }, signal),
        },
        instance,
      )
      return decide(facts)
    },
    async close() {
      stopWatching()
      await endings.close()
    },
  }
}

/** Who a rule is from, for colleagues who look at it. */
function personName(environment: CoreHost['environment']): string {
  return environment.USER || environment.USERNAME || userInfo().username
}
