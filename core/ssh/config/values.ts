import { dynamicForwardOf, forwardOf } from './forwards.ts'
import type { ConfigLine } from './line.ts'

/** What a directive says, in the form of `ssh -G`; `undefined`: it is not understood. More than one where it is a list. */
export type ReadValue = (line: ConfigLine) => readonly string[] | undefined

export const text: ReadValue = ({ words: [word, ...more] }) => (word !== undefined && word !== '' && more.length === 0 ? [word] : undefined)

export function oneOf(choices: Readonly<Record<string, string>>): ReadValue {
  return ({ words: [word = '', ...more] }) => {
    const choice = choices[word.toLowerCase()]
    return choice !== undefined && more.length === 0 ? [choice] : undefined
  }
}

const yesNo = { yes: 'yes', true: 'yes', no: 'no', false: 'no' } as const
export const flag = oneOf(yesNo)
/** The two others are about a detail of the protocol that nothing here depends on. */
export const publicKeyUse = oneOf({ ...yesNo, unbound: 'yes', 'host-bound': 'yes' })
export const strictness = oneOf({ ...yesNo, off: 'no', ask: 'ask', 'accept-new': 'accept-new' })
export const family = oneOf({ any: 'any', inet: 'inet', inet6: 'inet6' })

export const words: ReadValue = ({ words }) => (words.length > 0 ? words : undefined)

/** The rest of the line, comment and all: it is for the shell. */
export const command: ReadValue = ({ rest }) => [rest.replace(/^[\s=]+/, '')]

export const port: ReadValue = (line) => {
  const [given = ''] = text(line) ?? []
  const value = given === 'ssh' ? '22' : given
  return /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65535 ? [String(Number(value))] : undefined
}

export const count: ReadValue = (line) => {
  const [value = ''] = text(line) ?? []
  return /^\d{1,9}$/.test(value) ? [String(Number(value))] : undefined
}

const SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

/** sshd_config(5), TIME FORMATS: `1h30m`, in seconds. */
export const duration: ReadValue = (line) => {
  const [value = ''] = text(line) ?? []
  if (value === 'none') return ['none']
  if (!/^(?:\d{1,9}[smhdw]?)+$/i.test(value)) return undefined
  const parts = [...value.toLowerCase().matchAll(/(\d+)([smhdw]?)/g)]
  return [String(parts.reduce((sum, [, amount, unit = '']) => sum + Number(amount) * (SECONDS[unit] ?? 1), 0))]
}

/** RFC 4251, 6, with `+`, `^` or `-` before them; only what is taken away may have wildcards. */
export const algorithmList: ReadValue = (line) => {
  const [value = ''] = text(line) ?? []
  return /^(?:[+^]?[\w@.,-]+|-[\w@.*?,-]+)$/.test(value) ? [value] : undefined
}

export const hostKeyList: ReadValue = (line) => {
  const [value = ''] = text(line) ?? []
  return /^[+^-]?[\w@.*?,-]+$/.test(value) ? [value] : undefined
}

/** `[user@]host[:port]`, with commas between them (or as `ssh://` addresses). */
export const jumps: ReadValue = (line) => {
  const [value = ''] = text(line) ?? []
  return value.toLowerCase() === 'none' ? ['none'] : value.split(',').every((hop) => jumpOf(hop) !== undefined) ? [value] : undefined
}

export interface Jump {
  readonly user?: string
  readonly host: string
  readonly port?: number
}

export function jumpOf(text: string): Jump | undefined {
  const [, user, bracketed, plain, portText] =
    /^(?:ssh:\/\/)?(?:(.+)@)?(?:\[([^\]\s]+)\]|([^\s:@/[\]]+))(?::(\d{1,5}))?\/?$/.exec(text.trim()) ?? []
  const host = bracketed ?? plain
  const number = portText === undefined ? undefined : Number(portText)
  if (!host || host.startsWith('-') || (number !== undefined && (number < 1 || number > 65535))) return undefined
  return { ...(user ? { user } : {}), host, ...(number ? { port: number } : {}) }
}

export const variables: ReadValue = ({ words }) => (words.length > 0 && words.every((word) => /^[^=]+=/.test(word)) ? words : undefined)

export const localForward: ReadValue = ({ words }) => toValue(words.length === 2 ? forwardOf(words, false) : undefined)
export const remoteForward: ReadValue = ({ words }) => toValue(words.length <= 2 ? forwardOf(words, true) : undefined)
export const dynamicForward: ReadValue = ({ words: [word = '', ...more] }) =>
  toValue(more.length === 0 ? dynamicForwardOf(word) : undefined)

function toValue(value: string | undefined): readonly string[] | undefined {
  return value === undefined ? undefined : [value]
}
