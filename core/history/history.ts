import type { UserErrorData } from '../../contract/errors.ts'
import { type HistoryEntry, historyEntry } from '../../contract/models/history.ts'
import { openStore } from '../store/store.ts'
import { looksSecret } from './looks-secret.ts'

export interface History {
  readonly problem: UserErrorData | undefined
  add(command: string, host: string): void
  /** The last one first; those that have all the words, in whichever order. */
  search(text: string): HistoryEntry[]
  /** One command, or all. */
  forget(command?: string): void
  close(): void
}

const MOST_COMMANDS = 5_000
const SHOWN = 200
/** The file is written as a whole: not for each line of somebody who types fast. */
const WRITE_AFTER_MS = 3_000

/** What was run on any host, each command once, in one file for this person alone. Never what looks like a secret. */
export function openHistory(folder: string, isOn: () => boolean, log: { error(details: object, text: string): void }): History {
  const { state, problem } = openStore<HistoryEntry[]>({ folder, name: 'history', schema: historyEntry.array(), defaults: [] })
  let entries: readonly HistoryEntry[] = state.value
  let timer: NodeJS.Timeout | undefined

  function write() {
    clearTimeout(timer)
    timer = undefined
    try {
      state.set([...entries])
    } catch (error) {
      log.error({ err: error }, 'the history could not be written')
    }
  }

  return {
    problem,
    add(command, host) {
      const text = command.trim()
      // A blank in front keeps a command out of a shell's own history as well (HISTCONTROL=ignorespace).
      if (!isOn() || command.startsWith(' ') || looksSecret(text)) return
      const entry = historyEntry.safeParse({ command: text, host, at: new Date().toISOString(), count: 1 }).data
      if (!entry) return
      const before = entries.find((other) => other.command === text)
      const others = entries.filter((other) => other !== before)
      entries = [...others, { ...entry, count: (before?.count ?? 0) + 1 }].slice(-MOST_COMMANDS)
      timer ??= setTimeout(write, WRITE_AFTER_MS)
    },
    search(text) {
      const words = text.toLowerCase().split(/\s+/).filter(Boolean)
      const matches = ({ command, host }: HistoryEntry) => words.every((word) => `${command} ${host}`.toLowerCase().includes(word))
      return entries.filter(matches).slice(-SHOWN).reverse()
    },
    forget(command) {
      entries = command === undefined ? [] : entries.filter((entry) => entry.command !== command)
      write()
    },
    close: () => timer && write(),
  }
}
