export interface FollowOptions {
  readonly everyMs: number
  /** Ids by region of what is changing now, as far as is known. */
  changing(): Iterable<readonly [region: string, ids: readonly string[]]>
  /** Asks AWS about these. Never throws. */
  ask(region: string, ids: readonly string[]): Promise<void>
}

/** Looks again, quickly, for as long as something changes. */
export interface FollowChanges {
  /** After anything was learnt. */
  look(): void
  /** A change was ordered, even if AWS does not tell of it yet. */
  ordered(region: string, instanceId: string): void
  close(): void
}

/** After a change was ordered, EC2 may go on telling the old state for this long. */
const ORDERED_MS = 20_000

export function createFollowChanges({ everyMs, changing, ask }: FollowOptions): FollowChanges {
  const orders = new Map<string, { readonly region: string; readonly until: number }>()
  let timer: NodeJS.Timeout | undefined
  let closed = false

  function idsByRegion(): Map<string, Set<string>> {
    const found = new Map<string, Set<string>>()
    const add = (region: string, id: string) => found.set(region, (found.get(region) ?? new Set()).add(id))
    for (const [region, ids] of changing()) for (const id of ids) add(region, id)
    for (const [id, { region, until }] of orders) {
      if (until < Date.now()) orders.delete(id)
      else add(region, id)
    }
    return found
  }
  function look() {
    if (closed || timer || idsByRegion().size === 0) return
    timer = setTimeout(async () => {
      await Promise.all([...idsByRegion()].map(([region, ids]) => ask(region, [...ids])))
      timer = undefined
      look()
    }, everyMs).unref()
  }
  return {
    look,
    ordered(region, instanceId) {
      orders.set(instanceId, { region, until: Date.now() + ORDERED_MS })
      look()
    },
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}
