import type { PathLink, Remedy } from '../../../contract/models/verdict.ts'

/** What one link of the way comes to, with what to do where it is broken. */
export interface Judged {
  readonly outcome: PathLink['outcome']
  readonly code: string
  readonly params: Readonly<Record<string, string>>
  readonly remedy?: Remedy
}
type Advice = Extract<Remedy, { kind: 'advice' }>['code']
type Params = Readonly<Record<string, string>>

export const ok = (code: string, params: Params = {}): Judged => ({ outcome: 'ok', code, params })
export const unknown: Judged = { outcome: 'unknown', code: 'unknown', params: {} }
export const skipped: Judged = { outcome: 'skipped', code: 'skipped', params: {} }

export function broken(code: string, params: Params, remedy: Remedy): Judged {
  return { outcome: 'broken', code, params, remedy }
}
export function advice(code: Advice, params: Params = {}): Remedy {
  return { kind: 'advice', code, params }
}
