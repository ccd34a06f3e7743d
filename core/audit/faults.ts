import { type Fault, faultKind } from '../../contract/models/audit.ts'
import type { AuditFacts } from './audit-facts.ts'
import { groupFaults } from './group-faults.ts'

const WEIGHTS = ['high', 'medium', 'low'] as const

/** What of a region should be otherwise, each with its one remedy; the worst first. Pure. */
export function findFaults(facts: AuditFacts): readonly Fault[] {
  const faults = [...groupFaults(facts), ...metadataFaults(facts), ...volumeFaults(facts)]
  return faults.toSorted(
    (a, b) =>
      WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight) ||
      faultKind.options.indexOf(a.kind) - faultKind.options.indexOf(b.kind) ||
      (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
  )
}

/** Whatever runs on the instance, a request forged through it included, gets the role's keys without a token. */
function metadataFaults({ place, instances = [] }: AuditFacts): readonly Fault[] {
  return instances
    .filter(({ tokens, endpoint }) => tokens === 'optional' && endpoint !== 'disabled')
    .map(({ instanceId, name }) => ({
      id: `imds-v1 ${instanceId}`,
      kind: 'imds-v1',
      weight: 'medium',
      ...place,
      target: instanceId,
      name: name || instanceId,
      params: {},
      users: [],
      remedy: { kind: 'change', refs: [{ ...place, instanceId }], change: { kind: 'metadata', tokens: 'required' } },
    }))
}

function volumeFaults({ place, volumes = [], instances = [] }: AuditFacts): readonly Fault[] {
  return volumes.flatMap(({ id, name, sizeGiB, encrypted, attachedTo }): Fault[] => {
    const about = { ...place, target: id, name: name || id, params: { size: String(sizeGiB) } }
    const users = attachedTo.map((instanceId) => instances.find((each) => each.instanceId === instanceId)?.name || instanceId)
    if (attachedTo.length === 0) {
      const remedy = { kind: 'advice', code: 'snapshot-then-delete' } as const
      return [{ ...about, id: `unattached-volume ${id}`, kind: 'unattached-volume', weight: 'low', users, remedy }]
    }
    if (encrypted) return []
    return [
      {
        ...about,
        id: `unencrypted-volume ${id}`,
        kind: 'unencrypted-volume',
        weight: 'low',
        users,
        remedy: { kind: 'advice', code: 'encrypted-copy' },
      },
    ]
  })
}
