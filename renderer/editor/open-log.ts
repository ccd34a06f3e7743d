import i18next from 'i18next'
import { createStore, type StoreApi } from 'zustand'
import type { UserErrorData } from '../../contract/errors.ts'
import type { LogPart } from '../../contract/models/log-part.ts'
import { shownName } from '../../contract/shown-name.ts'
import { api } from '../api/client.ts'
import { lastName } from '../files/paths.ts'
import { formatBytes } from '../words/formats.ts'
import type { OpenDocument } from './documents.ts'
import { createLogLines } from './log-lines.ts'
import { createLogView, type LogView } from './log-view.ts'
import { errorOf, placeOf } from './not-connected.ts'

export interface LogState {
  /** It is being read; before that, not for the first time. */
  readonly started: boolean
  readonly error: UserErrorData | undefined
  readonly paused: boolean
  readonly empty: boolean
  readonly wrap: boolean
  /** What is new is to be seen as it comes. */
  readonly atEnd: boolean
}

/** A file that is followed in a tab, for as long as the tab is there, shown or not. */
export interface OpenLog {
  readonly key: string
  readonly state: StoreApi<LogState>
  readonly view: LogView
  setPaused(paused: boolean): void
  setWrap(wrap: boolean): void
  clear(): void
  /** Goes on where it stopped. */
  retry(): void
  dispose(): void
}

const START: LogState = { started: false, error: undefined, paused: false, empty: true, wrap: false, atEnd: true }

export function openLog(document: OpenDocument): OpenLog {
  const { key, path, host } = document
  const state = createStore<LogState>(() => START)
  const lines = createLogLines()
  const view = createLogView({
    label: i18next.t('editor:log.label', { name: shownName(lastName(path)), host }),
    onAtEnd: (atEnd) => state.setState({ atEnd }),
  })
  const over = new AbortController()
  let position: number | undefined
  let reading = false

  async function read() {
    if (reading) return
    reading = true
    try {
      const id = crypto.randomUUID()
      const file = { ...placeOf(document), id, path, ...(position !== undefined && { after: position }) }
      for await (const part of await api.files.follow(file, { signal: over.signal })) {
        await notPaused()
        if (over.signal.aborted) return
        show(part)
        await nextTurn()
        if (part.kind !== 'failed') await api.files.shown({ id })
      }
    } catch (error) {
      if (!over.signal.aborted) state.setState({ error: errorOf(error) })
    } finally {
      reading = false
    }
  }
  /** While it is paused nothing is shown, and so nothing further is read. */
  function notPaused(): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (state.getState().paused && !over.signal.aborted) return
        stop()
        over.signal.removeEventListener('abort', check)
        resolve()
      }
      const stop = state.subscribe(check)
      over.signal.addEventListener('abort', check)
      check()
    })
  }
  function show(part: LogPart) {
    if (part.kind === 'failed') return state.setState({ error: part.error })
    if (part.kind === 'truncated' || part.kind === 'replaced') position = undefined
    if (part.kind === 'text') {
      position = part.position
      const added = lines.push(part.text)
      if (added !== '') view.append(added)
    } else {
      const note = noteOf(part)
      if (note) view.append(lines.note(note), true)
    }
    state.setState({ started: true, error: undefined, empty: view.view.state.doc.length === 0 })
  }
  void read()

  return {
    key,
    state,
    view,
    setPaused: (paused) => state.setState({ paused }),
    setWrap(wrap) {
      view.setWrap(wrap)
      state.setState({ wrap })
    },
    clear() {
      lines.reset()
      view.clear()
      state.setState({ empty: true })
    },
    retry() {
      state.setState({ error: undefined })
      void read()
    },
    dispose() {
      over.abort()
      view.view.destroy()
    },
  }
}

/** What is said in a line of its own. */
function noteOf(part: Exclude<LogPart, { kind: 'text' | 'failed' }>): string | undefined {
  const size = (bytes: number) => formatBytes(bytes, i18next.language)
  switch (part.kind) {
    case 'started':
      return part.before > 0 ? i18next.t('editor:log.before', { size: size(part.before) }) : undefined
    case 'skipped':
      return i18next.t('editor:log.skipped', { size: size(part.bytes) })
    default:
      return i18next.t(`editor:log.${part.kind}`)
  }
}

/** The page draws and answers keys between two parts, however fast a log grows. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
