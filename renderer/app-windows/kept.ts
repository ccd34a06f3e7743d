import { type WindowPlace, windowPlace } from '../../contract/models/app-window.ts'

/** What this computer keeps of the windows: all pages of the app read and write the same storage. */
const PLACE = 'mooring.window.'
const LOOK = 'mooring.look.'

/** What a person gave a tab, by its terminal: wherever the tab goes, and at the next start, it is as it was. */
export interface KeptLook {
  /** Absent while it is called as its machine. */
  readonly title?: string
  readonly params: Record<string, unknown>
}

export function keepPlace(id: string, place: WindowPlace): void {
  write(PLACE + id, place)
}

export function placeOf(id: string): WindowPlace | undefined {
  return windowPlace.safeParse(read(PLACE + id)).data
}

export function forgetPlace(id: string): void {
  localStorage.removeItem(PLACE + id)
}

/** Undefined: it has nothing of its own. */
export function keepLook(terminalId: string, look: KeptLook | undefined): void {
  if (look) write(LOOK + terminalId, look)
  else localStorage.removeItem(LOOK + terminalId)
}

export function lookKept(terminalId: string): KeptLook | undefined {
  const look = read(LOOK + terminalId) as Partial<KeptLook> | undefined
  if (typeof look?.params !== 'object') return undefined
  return { ...(typeof look.title === 'string' ? { title: look.title } : {}), params: look.params }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // A browser that keeps nothing: windows then open where the system puts them.
  }
}

function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}
