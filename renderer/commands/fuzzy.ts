/**
 * How well a text answers what was written, 0 and up, less is better; undefined: not at all. Whole pieces first, the earlier the better,
 * then letters in their order, as `opset` in “Open settings”. Case and accents do not count.
 */
export function fuzzy(text: string, written: string): number | undefined {
  const hay = plain(text)
  const wanted = plain(written).trim()
  if (wanted === '') return 0
  const at = hay.indexOf(wanted)
  if (at >= 0) return at === 0 ? 0 : /\s/.test(hay[at - 1] ?? '') ? 1 : 2
  const pieces = wanted.split(/\s+/)
  if (pieces.every((piece) => hay.includes(piece))) return 3
  const gaps = spread(hay, pieces.join(''))
  return gaps === undefined ? undefined : 4 + gaps
}

/** The first that match best; those that match equally well stay in their order. */
export function bestOf<Item>(items: readonly Item[], written: string, textsOf: (item: Item) => readonly string[]): readonly Item[] {
  return items
    .flatMap((item) => {
      const scores = textsOf(item).flatMap((text) => fuzzy(text, written) ?? [])
      return scores.length > 0 ? [{ item, score: Math.min(...scores) }] : []
    })
    .toSorted((one, other) => one.score - other.score)
    .map(({ item }) => item)
}

/** Gaps between letters that come in this order; each begins a word, or follows the one before. */
function spread(hay: string, letters: string): number | undefined {
  let gaps = 0
  let at = -1
  for (const letter of letters) {
    if (hay[at + 1] === letter) {
      at += 1
      continue
    }
    const next = wordsFrom(hay, letter, at + 1)
    if (next === undefined) return undefined
    gaps += 1
    at = next
  }
  return gaps
}

function wordsFrom(hay: string, letter: string, from: number): number | undefined {
  for (let at = from; at < hay.length; at += 1) {
    if (hay[at] === letter && (at === 0 || !/[\p{L}\p{N}]/u.test(hay[at - 1] ?? ''))) return at
  }
  return undefined
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
