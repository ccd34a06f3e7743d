export interface Result {
  readonly id: string
  readonly what: string
  /** In `unit`, medians; `ratio` is the median of the pairs' ratios where both were measured in turn. */
  readonly ours: number
  readonly peer: number
  readonly unit: string
  readonly ratio: number
  readonly budget: number
  readonly better: 'lower' | 'higher'
  readonly pass: boolean
}

export interface Row {
  readonly id: string
  readonly what: string
  readonly budget: number
  readonly better: 'lower' | 'higher'
  readonly unit: string
  /** `pairs` of measurements made in turn, so that a machine whose speed drifts slows both. */
  measure(): Promise<{ ours: readonly number[]; peer: readonly number[] }>
}

export async function measureRow(row: Row): Promise<Result> {
  const { ours, peer } = await row.measure()
  const ratios =
    ours.length === peer.length ? ours.map((value, index) => value / (peer[index] ?? Number.NaN)) : [median(ours) / median(peer)]
  const ratio = median(ratios)
  const pass = row.better === 'lower' ? ratio <= row.budget : ratio >= row.budget
  return {
    id: row.id,
    what: row.what,
    ours: median(ours),
    peer: median(peer),
    unit: row.unit,
    ratio,
    budget: row.budget,
    better: row.better,
    pass,
  }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return sorted.length % 2
    ? (sorted[Math.floor(middle)] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}

export function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN
}

/** Ours and the peer's in turn, `times` pairs after one that is not counted. */
export async function inTurn(times: number, ours: () => Promise<number>, peer: () => Promise<number>) {
  const result = { ours: [] as number[], peer: [] as number[] }
  for (let pair = 0; pair <= times; pair++) {
    const [a, b] = [await ours(), await peer()]
    if (pair === 0) continue
    result.ours.push(a)
    result.peer.push(b)
  }
  return result
}
