/** Asks once for the same thing within `keepMs`, also for those who ask while the answer is on its way. A failure is not kept. */
export function remembering<Value>(keepMs: number): (key: readonly string[], ask: () => Promise<Value>) => Promise<Value> {
  const answers = new Map<string, { readonly until: number; readonly answer: Promise<Value> }>()
  return (key, ask) => {
    const now = Date.now()
    for (const [old, { until }] of answers) if (until < now) answers.delete(old)
    const name = JSON.stringify(key)
    const known = answers.get(name)
    if (known) return known.answer
    const answer = ask()
    answers.set(name, { until: now + keepMs, answer })
    answer.catch(() => answers.delete(name))
    return answer
  }
}
