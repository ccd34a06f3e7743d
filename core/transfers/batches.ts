/** At once: while one is on its way the next one begins. */
const AT_ONCE = 2
/** To begin costs a host as much as some hundred small files. */
const MOST_ITEMS = 1024
const MOST_BYTES = 8 * 1024 * 1024

/** Carries items many at once: what comes while others are on their way gathers. `carry` sees to each item and does not throw. */
export function createBatches<Item>(carry: (batch: readonly Item[]) => Promise<void>, bytesOf: (item: Item) => number) {
  const waiting: Item[] = []
  let running = 0
  let due = false

  function start() {
    due = false
    while (running < AT_ONCE && waiting.length > 0) {
      running += 1
      void carry(take()).finally(() => {
        running -= 1
        start()
      })
    }
  }
  function take(): Item[] {
    let bytes = 0
    const end = waiting.findIndex((item, index) => {
      bytes += bytesOf(item)
      return index > 0 && (index >= MOST_ITEMS || bytes > MOST_BYTES)
    })
    return waiting.splice(0, end < 0 ? waiting.length : end)
  }
  return {
    add(item: Item) {
      waiting.push(item)
      if (due) return
      due = true
      // After all that come in this turn.
      setImmediate(start)
    },
  }
}
