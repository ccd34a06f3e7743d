import type { Instance } from '../../contract/models/instance.ts'
import { dial } from '../ssh/dial.ts'
import { chooseAddress, ownAddress } from './address.ts'
import { configuredInstance } from './evidence.ts'
import type { Sources, World } from './investigation.ts'
import { neighboursOf } from './through.ts'

/** A person picks among few; each costs a connection that may never be answered. */
const MOST_PROBED = 12
const PROBE_MS = 2_000

/** Instances of the same network that have a public address and answer from here, in the order of their names. */
export async function reachableBastions(
  instance: Instance,
  { aws, host, run }: Sources,
  { configFiles }: World,
  signal: AbortSignal,
): Promise<readonly { instanceId: string; name: string }[]> {
  const { profile, region } = instance.ref
  const candidates = neighboursOf(instance, aws.inventory.region(profile, region).instances)
    .filter(({ publicAddress }) => publicAddress !== undefined)
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .slice(0, MOST_PROBED)

  async function answers(candidate: Instance): Promise<boolean> {
    const facts = { choices: {}, tags: candidate.tags, addresses: candidate }
    const names = [candidate.ref.instanceId, candidate.name, ownAddress(facts)?.host ?? ''].filter((name) => name.trim() !== '')
    const address = chooseAddress({ ...facts, sshConfig: await configuredInstance(configFiles, names, { ...host, run }) })
    if (!address) return false
    const socket = await dial({ address: address.host, port: address.port }, { timeoutMs: PROBE_MS, signal }).catch(() => undefined)
    socket?.destroy()
    return socket !== undefined
  }
  const answered = await Promise.all(candidates.map(answers))
  return candidates.flatMap(({ ref, name }, index) =>
    answered[index] ? [{ instanceId: ref.instanceId, name: name || ref.instanceId }] : [],
  )
}
