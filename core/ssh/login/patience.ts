/** A limit on how long a server may stay silent; the time that a person needs for an answer does not count. */
export interface Patience {
  /** The server said something. */
  again(): void
  /** Runs a question to the person. */
  during<Value>(question: () => Promise<Value>): Promise<Value>
  /** Somebody is being asked. */
  readonly asking: boolean
  end(): void
}

export function createPatience(ms: number, onOver: () => void): Patience {
  let questions = 0
  let ended = false
  let timer = setTimeout(onOver, ms)
  const again = () => {
    clearTimeout(timer)
    if (!ended && questions === 0) timer = setTimeout(onOver, ms)
  }
  return {
    again,
    async during(question) {
      questions += 1
      again()
      try {
        return await question()
      } finally {
        questions -= 1
        again()
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
