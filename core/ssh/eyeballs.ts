/** How long the one address gets before the next is tried beside it (RFC 8305, 5). */
export const ATTEMPT_DELAY_MS = 250

/** IPv6 and IPv4 in turns, beginning with whichever the system puts first (RFC 8305, 4). Pure. */
export function interleave<Address extends { readonly family: number }>(addresses: readonly Address[]): readonly Address[] {
  const first = addresses.filter(({ family }) => family === addresses[0]?.family)
  const others = addresses.filter(({ family }) => family !== addresses[0]?.family)
  return first.flatMap((address, index) => [address, ...others.slice(index, index + 1)]).concat(others.slice(first.length))
}

/**
 * The first that succeeds. Each begins a moment after the one before, or as soon as that has failed, and none is given up for
 * another: an address may be far and not dead, which is where Node's own way fails. Rejects with all failures, in their order.
 */
export function firstOf<Value>(attempts: readonly (() => Promise<Value>)[], delayMs: number): Promise<{ value: Value; index: number }> {
  return new Promise((resolve, reject) => {
    const failures = new Map<number, unknown>()
    let begun = 0
    let timer: NodeJS.Timeout | undefined
    function next() {
      clearTimeout(timer)
      const index = begun
      const attempt = attempts[index]
      if (!attempt) return
      begun += 1
      timer = setTimeout(next, delayMs)
      attempt().then(
        (value) => {
          begun = attempts.length
          clearTimeout(timer)
          resolve({ value, index })
        },
        (error) => {
          failures.set(index, error)
          if (failures.size < attempts.length) return next()
          clearTimeout(timer)
          reject(attempts.map((_, at) => failures.get(at)))
        },
      )
    }
    next()
  })
}
