import type { ModeChange } from '../../contract/models/file-operation.ts'

const ALL = 0o7777

/** Permission bits of several entries: those that all have, and those that none has. The rest differ. */
export interface Bits {
  readonly on: number
  readonly off: number
}

export function bitsOf(modes: readonly number[]): Bits {
  const on = modes.reduce((all, mode) => all & mode, ALL)
  const some = modes.reduce((any, mode) => any | mode, 0)
  return { on, off: ALL & ~some }
}

export function withBit({ on, off }: Bits, bit: number, set: boolean): Bits {
  return set ? { on: on | bit, off: off & ~bit } : { on: on & ~bit, off: off | bit }
}

/** As chmod takes it; nothing where they differ. */
export function octalOf({ on, off }: Bits): string {
  return (on | off) === ALL ? on.toString(8).padStart(3, '0') : ''
}

export function bitsFrom(octal: string): Bits | undefined {
  if (!/^[0-7]{3,4}$/.test(octal)) return undefined
  const on = Number.parseInt(octal, 8)
  return { on, off: ALL & ~on }
}

/** Nothing where nothing would change. In folders everything that was settled counts, for what is inside may differ. */
export function modeChangeOf(before: Bits, after: Bits, recursive: boolean): ModeChange | undefined {
  if (recursive) return { set: after.on, clear: after.off, searchOnly: true }
  const set = after.on & ~before.on
  const clear = after.off & ~before.off
  return set === 0 && clear === 0 ? undefined : { set, clear, searchOnly: false }
}
