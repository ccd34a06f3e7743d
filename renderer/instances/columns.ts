import type { Instance } from '../../contract/models/instance.ts'

export interface Column {
  readonly id: ColumnId
  /** CSS grid track. */
  readonly width: string
  value(instance: Instance): string
}

export const columnIds = [
  'name',
  'state',
  'type',
  'id',
  'publicAddress',
  'privateAddress',
  'ipv6Address',
  'zone',
  'region',
  'profile',
  'platform',
  'architecture',
  'keyName',
  'launchedAt',
  'imageId',
  'vpcId',
  'subnetId',
  'securityGroups',
  'tags',
] as const
type ColumnId = (typeof columnIds)[number]

const columns: Readonly<Record<ColumnId, Omit<Column, 'id'>>> = {
  name: { width: 'minmax(140px, 1.5fr)', value: (instance) => instance.name },
  state: { width: '110px', value: (instance) => instance.state },
  type: { width: '100px', value: (instance) => instance.type },
  id: { width: '180px', value: (instance) => instance.ref.instanceId },
  publicAddress: { width: '130px', value: (instance) => instance.publicAddress ?? '' },
  privateAddress: { width: '130px', value: (instance) => instance.privateAddress ?? '' },
  ipv6Address: { width: '220px', value: (instance) => instance.ipv6Address ?? '' },
  zone: { width: '110px', value: (instance) => instance.zone },
  region: { width: '110px', value: (instance) => instance.ref.region },
  profile: { width: '110px', value: (instance) => instance.ref.profile },
  platform: { width: 'minmax(110px, 1fr)', value: (instance) => instance.platform },
  architecture: { width: '80px', value: (instance) => instance.architecture },
  keyName: { width: '110px', value: (instance) => instance.keyName ?? '' },
  launchedAt: { width: '150px', value: (instance) => instance.launchedAt },
  imageId: { width: '190px', value: (instance) => instance.imageId },
  vpcId: { width: '190px', value: (instance) => instance.vpcId ?? '' },
  subnetId: { width: '210px', value: (instance) => instance.subnetId ?? '' },
  securityGroups: { width: 'minmax(140px, 1fr)', value: ({ securityGroups }) => securityGroups.map((group) => group.name).join(', ') },
  tags: { width: 'minmax(180px, 2fr)', value: ({ tags }) => tagList(tags) },
}

/** The known ones among `ids`, in that order; the name is always there. */
export function chosenColumns(ids: readonly string[]): readonly Column[] {
  const known = ids.filter(isColumnId)
  return (known.includes('name') ? known : ['name' as const, ...known]).map((id) => ({ id, ...columns[id] }))
}

function isColumnId(id: string): id is ColumnId {
  return (columnIds as readonly string[]).includes(id)
}

/** web-2 before web-10, capitals beside small letters. */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Nothing sorts after something, in both directions; equal ones by name and id, so that rows never jump. */
export function sortInstances(instances: readonly Instance[], sort: { column: string; descending: boolean }): readonly Instance[] {
  const { value } = columns[isColumnId(sort.column) ? sort.column : 'name']
  const direction = sort.descending ? -1 : 1
  const keyed = instances.map((instance) => ({ instance, key: value(instance) }))
  keyed.sort(
    (a, b) =>
      Number(a.key === '') - Number(b.key === '') ||
      direction * collator.compare(a.key, b.key) ||
      collator.compare(a.instance.name, b.instance.name) ||
      collator.compare(a.instance.ref.instanceId, b.instance.ref.instanceId),
  )
  return keyed.map(({ instance }) => instance)
}

function tagList(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .filter(([key]) => key !== 'Name')
    .map(([key, value]) => `${key}=${value}`)
    .join(', ')
}
