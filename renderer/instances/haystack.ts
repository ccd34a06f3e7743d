import type { Instance } from '../../contract/models/instance.ts'

const cache = new WeakMap<Instance, string>()

/** Everything of an instance that the filter looks at, in small letters, made once. */
function haystack(instance: Instance): string {
  let text = cache.get(instance)
  if (text === undefined) {
    text = makeHaystack(instance)
    cache.set(instance, text)
  }
  return text
}

/** Every word must be found somewhere. Nothing written matches everything. */
export function matcher(query: string): (instance: Instance) => boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  return (instance) => {
    const text = haystack(instance)
    return words.every((word) => text.includes(word))
  }
}

const latest = new WeakMap<readonly Instance[], { readonly query: string; readonly found: readonly Instance[] }>()

/** Those that match, in their order. One letter more can only find fewer: then only what was found before is looked at. */
export function matching(instances: readonly Instance[], query: string): readonly Instance[] {
  if (query.trim() === '') return instances
  const before = latest.get(instances)
  if (before?.query === query) return before.found
  const candidates = before && query.startsWith(before.query) ? before.found : instances
  const found = candidates.filter(matcher(query))
  latest.set(instances, { query, found })
  return found
}

function makeHaystack(instance: Instance): string {
  const { ref, securityGroups, tags } = instance
  return [
    instance.name,
    ref.instanceId,
    ref.region,
    ref.profile,
    instance.accountId,
    instance.state,
    instance.type,
    instance.publicAddress,
    instance.privateAddress,
    instance.ipv6Address,
    instance.publicName,
    instance.zone,
    instance.platform,
    instance.architecture,
    instance.imageId,
    instance.keyName,
    instance.vpcId,
    instance.subnetId,
    ...securityGroups.flatMap((group) => [group.id, group.name]),
    ...Object.entries(tags).map(([key, value]) => `${key}=${value}`),
  ]
    .filter(Boolean)
    .join('\n')
    .toLowerCase()
}
