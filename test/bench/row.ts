export interface Result {
  readonly id: string
  readonly what: string
  /** In `unit`, medians; `ratio` is the median of the pairs' ratios where both were measured in turn. */
  readonly ours: number
  readonly peer: number
  readonly unit: string
  readonly ratio: number
  /** Absent: it is measured to be known. */
  readonly budget?: number
  readonly better: 'lower' | 'higher'
  readonly pass: boolean
}

export interface Row {
  readonly id: string
  readonly what: string
  readonly budget?: number
  readonly better: 'lower' | 'higher'
  readonly unit: string
  /** 180,000 when absent. */
  readonly deadlineMs?: number
  /** `pairs` of measurements made in turn, so that a machine whose speed drifts slows both. What is started is handed to `cleanup`. */
  measure(cleanup: Cleanup): Promise<{ ours: readonly number[]; peer: readonly number[] }>
}

export type Cleanup = AsyncDisposableStack

/** No row may take longer unless it says so; what it has started is ended then, as it is when `signal` asks for it. */
const DEADLINE_MS = 180_000

export async function measureRow(row: Row, signal: AbortSignal): Promise<Result> {
  await using cleanup = new AsyncDisposableStack()
  const stopped = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('it was stopped'))))
  const { ours, peer } = await within(row.deadlineMs ?? DEADLINE_MS, 'measure', Promise.race([row.measure(cleanup), stopped]))
  const ratios =
    ours.length === peer.length ? ours.map((value, index) => value / (peer[index] ?? Number.NaN)) : [median(ours) / median(peer)]
  const ratio = median(ratios)
  const { budget } = row
  const pass = budget === undefined || (row.better === 'lower' ? ratio <= budget : ratio >= budget)
  return {
    id: row.id,
    what: row.what,
    ours: median(ours),
    peer: median(peer),
    unit: row.unit,
    ratio,
    ...(budget === undefined ? {} : { budget }),
    better: row.better,
    pass,
  }
}

/** Throws a sentence when it takes longer: "could not <what> within <n> s". */
export async function within<Value>(ms: number, what: string, promise: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`could not ${what} within ${ms / 1000} s`)), ms)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
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
