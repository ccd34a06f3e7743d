import type { Machine } from '../machines/machine.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { findMachines } from './ec2-instances.ts'
import type { Query } from './query.ts'

/** EC2's limit of tags on one resource. */
const MOST = 50

export function createTags({ fleet, backups }: Account, query: Query, region: string): ReturnType<Action> {
  const ids = query.list('ResourceId')
  const volumes = backups.volumes.filter(({ id, region: of }) => of === region && ids.includes(id))
  const machines = findMachines(
    fleet,
    region,
    ids.filter((id) => !id.startsWith('vol-')),
  )
  const tags = readTags(query)
  const reserved = Object.keys(tags).find((key) => /^aws:/i.test(key))
  if (reserved) throw new AwsError('InvalidParameterValue', 'Tag keys starting with ‘aws:’ are reserved for internal use')
  for (const machine of machines) {
    if (Object.keys({ ...tagsOf(machine), ...tags }).length > MOST)
      throw new AwsError('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.')
  }
  if (query.flag('DryRun')) return {}
  for (const machine of machines) setTags(machine, { ...tagsOf(machine), ...tags })
  for (const volume of volumes) volume.tags = { ...volume.tags, ...tags }
  return { return: true }
}

/** A tag that is given with another value than it has stays. */
export function deleteTags({ fleet }: Account, query: Query, region: string): ReturnType<Action> {
  const machines = findMachines(fleet, region, query.list('ResourceId'))
  if (query.flag('DryRun')) return {}
  for (const machine of machines) {
    const gone = query.structures('Tag').filter((tag) => {
      const value = tag.text('Value')
      return value === undefined || value === tagsOf(machine)[tag.text('Key') ?? '']
    })
    const keys = new Set(gone.map((tag) => tag.text('Key')))
    setTags(machine, Object.fromEntries(Object.entries(tagsOf(machine)).filter(([key]) => !keys.has(key))))
  }
  return { return: true }
}

function readTags(query: Query): Record<string, string> {
  return Object.fromEntries(query.structures('Tag').map((tag) => [tag.text('Key') ?? '', tag.text('Value') ?? '']))
}

function tagsOf({ spec }: Machine): Readonly<Record<string, string>> {
  return { Name: spec.name, ...spec.tags }
}

function setTags(machine: Machine, { Name = '', ...tags }: Readonly<Record<string, string>>) {
  machine.spec = { ...machine.spec, name: Name, tags }
}
