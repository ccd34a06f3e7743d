/**
 * Where an item stands among those of its kind: a key in each record, in the order of plain text. Who moves an item changes the key of
 * that one alone, so that two computers can move different ones.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BASE = DIGITS.length
/** A key begins with a number of so many digits; what finds no room between two numbers gets more behind them. */
const HEAD = 6
/** From one to the next at an end: a hundred thousand fit on either side of the first. */
const STEP = BASE ** 3
const LONGEST = 200
/** Without a last zero: nothing would fit between a key and that. */
export const orderKey = new RegExp(`^[0-9A-Za-z]{0,${LONGEST - 1}}[1-9A-Za-z]$`)

/** Keys for ids in their order. As many as can keep the one that is known keep it. Pure. */
export function orderKeys(ids: readonly string[], known: (id: string) => unknown): ReadonlyMap<string, string> {
  const stay = longestRise(ids.map((id) => validKey(known(id))))
  const keys = new Map<string, string>()
  for (let at = 0; at < ids.length; ) {
    let end = at
    while (end < ids.length && stay[end] === undefined) end += 1
    fill(ids.slice(at, end), stay[at - 1], stay[end], keys)
    const [id, key] = [ids[end], stay[end]]
    if (id !== undefined && key !== undefined) keys.set(id, key)
    at = end + 1
  }
  return [...keys.values()].some((key) => key.length > LONGEST) ? orderKeys(ids, () => undefined) : keys
}

/** What has no key stays behind what it is behind. The same array where nothing moves. Pure. */
export function inOrder<Item extends { readonly id: string }>(items: readonly Item[], keyOf: (id: string) => unknown): readonly Item[] {
  let last = ''
  const keyed = items.map((item) => {
    last = validKey(keyOf(item.id)) ?? last
    return { item, key: last }
  })
  const sorted = keyed.toSorted((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0)).map(({ item }) => item)
  return sorted.every((item, index) => item === items[index]) ? items : sorted
}

function validKey(key: unknown): string | undefined {
  return typeof key === 'string' && orderKey.test(key) ? key : undefined
}

/** Some beside each other that need a key: from an end by steps, else halfway. */
function fill(ids: readonly string[], below: string | undefined, above: string | undefined, keys: Map<string, string>): void {
  const give = (id: string, low: string | undefined, high: string | undefined) => {
    const key = between(low, high) + tail(id)
    keys.set(id, key)
    return key
  }
  let end = above
  if (above === undefined) ids.reduce((last, id) => give(id, last, undefined), below)
  else if (below === undefined) for (const id of ids.toReversed()) end = give(id, undefined, end)
  else if (ids.length > 0) {
    const middle = ids.length >> 1
    const key = give(ids[middle] ?? '', below, above)
    fill(ids.slice(0, middle), below, key, keys)
    fill(ids.slice(middle + 1), key, above, keys)
  }
}

function between(below: string | undefined, above: string | undefined): string {
  if (below === undefined && above === undefined) return number(BASE ** HEAD / 2)
  const [low, high] = [below === undefined ? -1 : head(below), above === undefined ? BASE ** HEAD : head(above)]
  if (above === undefined && low + STEP < high) return number(low + STEP)
  if (below === undefined && high - STEP > 0) return number(high - STEP)
  if (high - low > 1) return number(Math.floor((low + high) / 2))
  return halfway(below ?? '', above)
}

/** Of two texts without room between their numbers, digit by digit. */
function halfway(below: string, above: string | undefined): string {
  let text = ''
  let free = above === undefined
  for (let at = 0; ; at++) {
    const low = digit(below, at) ?? 0
    const high = free ? BASE : (digit(above ?? '', at) ?? 0)
    if (high - low > 1) return text + DIGITS.charAt((low + high) >> 1)
    text += DIGITS.charAt(low)
    free ||= high > low
  }
}

function digit(text: string, at: number): number | undefined {
  return at < text.length ? DIGITS.indexOf(text.charAt(at)) : undefined
}
function head(key: string): number {
  return [...key.slice(0, HEAD).padEnd(HEAD, '0')].reduce((sum, letter) => sum * BASE + DIGITS.indexOf(letter), 0)
}
function number(value: number): string {
  let text = ''
  for (let rest = value; text.length < HEAD; rest = Math.floor(rest / BASE)) text = DIGITS.charAt(rest % BASE) + text
  return text
}

/** By the id: what two computers put into the same place gets two keys. The last digit is no zero. */
function tail(id: string): string {
  const sum = [...id].reduce((hash, letter) => (hash * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_003, 7)
  return DIGITS.charAt(sum % BASE) + DIGITS.charAt(1 + (Math.floor(sum / BASE) % (BASE - 1)))
}

/** The keys of the longest part that rises; undefined in the places of all others. */
function longestRise(keys: readonly (string | undefined)[]): readonly (string | undefined)[] {
  /** For each length of a rise, where the one ends that ends lowest. */
  const ends: number[] = []
  const before: (number | undefined)[] = []
  for (const [index, key] of keys.entries()) {
    if (key === undefined) continue
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((keys[ends[middle] ?? -1] ?? '') < key) low = middle + 1
      else high = middle
    }
    before[index] = ends[low - 1]
    ends[low] = index
  }
  const stay: (string | undefined)[] = keys.map(() => undefined)
  for (let index = ends.at(-1); index !== undefined; index = before[index]) stay[index] = keys[index]
  return stay
}
