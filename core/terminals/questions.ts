import type { Prompts } from '../prompts/prompts.ts'
import { recall } from '../secrets/recall.ts'
import type { Vault } from '../secrets/vault.ts'
import type { ConnectOptions } from '../ssh/connect.ts'

export interface LoginQuestions extends Pick<ConnectOptions, 'askPassword' | 'askKeyboardInteractive' | 'askNewPassword'> {
  /** After the login worked: keeps what the person wanted kept. */
  keep(): Promise<void>
}

export interface WhoIsAsked {
  readonly address: string
  readonly port: number
  readonly terminalId: string
  readonly signal: AbortSignal
  /** The person has not asked for a login. */
  readonly because?: 'transfer' | undefined
}

/** What a server may ask during a login, answered by the vault or the person. */
export function loginQuestions(o: WhoIsAsked & { readonly prompts: Prompts; readonly vault: Vault }): LoginQuestions {
  const host = o.port === 22 ? o.address : `${o.address}:${o.port}`
  const options = { terminalId: o.terminalId, signal: o.signal }
  const because = o.because ? { because: o.because } : {}
  let keptAs: string | undefined
  let toKeep: { name: string; value: string } | undefined

  return {
    async askPassword(user, again) {
      const name = `password/${user}@${o.address}:${o.port}`
      const remembered = again ? undefined : await recall(o.vault, name)
      keptAs = remembered === undefined ? undefined : name
      if (remembered !== undefined) return remembered
      const canRemember = o.vault.state.value.kind !== 'locked'
      const answer = await o.prompts.ask({ kind: 'password', user, host, again, canRemember, ...because }, options)
      const value = answer.kind === 'values' ? (answer.values[0] ?? '') : ''
      keptAs = answer.kind === 'values' && answer.remember ? name : undefined
      toKeep = keptAs === undefined ? undefined : { name: keptAs, value }
      return value
    },
    async askNewPassword(user, { said, again }) {
      const answer = await o.prompts.ask({ kind: 'new-password', user, host, said, again }, options)
      const value = answer.kind === 'values' ? (answer.values[0] ?? '') : ''
      // Where the old one is kept, the new one takes its place once it has opened the host.
      if (keptAs !== undefined) toKeep = { name: keptAs, value }
      return value
    },
    async askKeyboardInteractive(user, request) {
      const answer = await o.prompts.ask({ kind: 'keyboard-interactive', user, host, ...request, ...because }, options)
      return answer.kind === 'values' ? answer.values : []
    },
    async keep() {
      if (toKeep) await o.vault.put(toKeep.name, toKeep.value)
    },
  }
}
