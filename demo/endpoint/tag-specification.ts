import type { Query } from './query.ts'

/** The tags that a call gives to what it makes of this kind. */
export function readTagSpecification(query: Query, type: string): Record<string, string> {
  const of = query.structures('TagSpecification').filter((specification) => specification.text('ResourceType') === type)
  return Object.fromEntries(of.flatMap((each) => each.structures('Tag').map((tag) => [tag.text('Key') ?? '', tag.text('Value') ?? ''])))
}
