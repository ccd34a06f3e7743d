import { create } from 'zustand'
import { setComparing } from './compare/comparing.ts'
import { forgetEnters } from './compare/last-output.ts'
import { isFilesOnly, type Tab, useTabs } from './tabs.ts'

interface MultiExec {
  readonly on: boolean
  /** Tabs, by their keys, that are typed into alone. */
  readonly leftOut: ReadonlySet<string>
}

/** Whether what is typed into one terminal goes to all of them, as MobaXterm's MultiExec. It ends with the page. */
export const useMultiExec = create<MultiExec>(() => ({ on: false, leftOut: new Set() }))

export const startMultiExec = () => useMultiExec.setState({ on: true, leftOut: new Set() })
export function stopMultiExec(): void {
  useMultiExec.setState({ on: false })
  setComparing(false)
  forgetEnters()
}

export function leaveOut(key: string, out: boolean): void {
  useMultiExec.setState(({ leftOut }) => {
    const next = new Set(leftOut)
    if (out) next.add(key)
    else next.delete(key)
    return { leftOut: next }
  })
}

/** Those that take part, in the order of their tabs. Pure. */
export function takingPart({ on, leftOut }: MultiExec, tabs: readonly Tab[]): readonly Tab[] {
  return on ? tabs.filter((tab) => tab.terminal?.phase.kind === 'open' && !isFilesOnly(tab) && !leftOut.has(tab.key)) : []
}

export const useTakesPart = (key: string) => {
  const multiExec = useMultiExec()
  return useTabs(({ tabs }) => takingPart(multiExec, tabs).some((tab) => tab.key === key))
}
