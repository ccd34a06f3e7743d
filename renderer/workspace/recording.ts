import { create } from 'zustand'

interface Recording {
  /** The tab whose lines are kept. */
  readonly key: string | undefined
  readonly lines: readonly string[]
}

/** What a person types into one terminal, line by line, to be kept as a snippet. It ends with the page. */
export const useRecording = create<Recording>(() => ({ key: undefined, lines: [] }))

const MOST_LINES = 200

export const startRecording = (key: string) => useRecording.setState({ key, lines: [] })
export const stopRecording = () => useRecording.setState({ key: undefined, lines: [] })

export function recordLine(key: string, line: string): void {
  useRecording.setState((recording) => (recording.key === key ? { lines: [...recording.lines, line].slice(0, MOST_LINES) } : {}))
}
