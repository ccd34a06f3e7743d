/** A limit on how long a server may stay silent, and on how long it may talk; the time that a person needs for an answer does not count. */
export interface Patience {
  /** The server said something. */
  again(): void
  /** Runs a question to the person. */
  during<Value>(question: () => Promise<Value>): Promise<Value>
  /** Somebody is being asked. */
  readonly asking: boolean
  end(): void
}

/** Of what a server says between two questions. A login has some hundreds of lines, and OpenSSH gives it two minutes by default. */
const MOST_LINES = 10_000
const MOST_SILENCES = 4

export function createPatience(ms: number, onOver: (why: 'silent' | 'endless') => void): Patience {
  let questions = 0
  let ended = false
  let timer: NodeJS.Timeout | undefined
  let lines = 0
  let endsAt = 0
  function wait() {
    clearTimeout(timer)
    if (ended || questions > 0) return
    const left = endsAt - Date.now()
    timer = left > ms ? setTimeout(onOver, ms, 'silent') : setTimeout(onOver, left, 'endless')
  }
  function begin() {
    lines = 0
    endsAt = Date.now() + MOST_SILENCES * ms
    wait()
  }
  begin()
  return {
    again() {
      lines += 1
      if (lines > MOST_LINES && !ended && questions === 0) onOver('endless')
      else wait()
    },
    async during(question) {
      questions += 1
      wait()
      try {
        return await question()
      } finally {
        questions -= 1
        begin()
      }
    },
    get asking() {
      return questions > 0
    },
    end() {
      ended = true
      clearTimeout(timer)
    },
  }
}
