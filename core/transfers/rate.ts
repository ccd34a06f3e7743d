/** Long enough that a stutter does not show, short enough that a change does. */
const WINDOW_MS = 3_000

/** Bytes a second over the last seconds. Times in milliseconds of any clock. */
export function createRate() {
  let samples: { at: number; bytes: number }[] = []
  return {
    add(bytes: number, at: number) {
      samples = [...samples.filter((sample) => at - sample.at <= WINDOW_MS), { at, bytes }]
    },
    /** Undefined until there is something to compare. */
    get value(): number | undefined {
      const [first, last] = [samples[0], samples.at(-1)]
      if (!first || !last || last.at === first.at) return undefined
      return Math.max(0, ((last.bytes - first.bytes) / (last.at - first.at)) * 1000)
    },
  }
}

/** Undefined where nobody can say: nothing moves, or more may be found. */
export function secondsLeft(bytes: number, total: number, rate: number | undefined, estimate: boolean): number | undefined {
  if (estimate || !rate || rate < 1) return undefined
  return Math.max(0, Math.ceil((total - bytes) / rate))
}
