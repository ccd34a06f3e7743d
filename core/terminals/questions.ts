import type { Prompts } from '../prompts/prompts.ts'
import { recall } from '../secrets/recall.ts'
import type { Vault } from '../secrets/vault.ts'
import type { ConnectOptions } from '../ssh/connect.ts'

export interface LoginQuestions extends Pick<ConnectOptions, 'askPassword' | 'askKeyboardInteractive'> {
  /** After the login worked: keeps what the person wanted kept. */
  keep(): Promise<void>
}

/** What a server may ask during a login, answered by the vault or the person. */
export function loginQuestions(o: {
  prompts: Prompts
  vault: Vault
  address: string
  port: number
  terminalId: string
  signal: AbortSignal
}): LoginQuestions {
  const host = o.port === 22 ? o.address : `${o.address}:${o.port}`
  const options = { terminalId: o.terminalId, signal: o.signal }
  let toKeep: { name: string; value: string } | undefined

  return {
    async askPassword(user, again) {
      const name = `password/${user}@${o.address}:${o.port}`
      const remembered = again ? undefined : await recall(o.vault, name)
      if (remembered !== undefined) return remembered
      const canRemember = o.vault.state.value.kind !== 'locked'
      const answer = await o.prompts.ask({ kind: 'password', user, host, again, canRemember }, options)
      const value = answer.kind === 'values' ? (answer.values[0] ?? '') : ''
      toKeep = answer.kind === 'values' && answer.remember ? { name, value } : undefined
      return value
    },
    async askKeyboardInteractive(user, request) {
      const answer = await o.prompts.ask({ kind: 'keyboard-interactive', user, host, ...request }, options)
      return answer.kind === 'values' ? answer.values : []
    },
    async keep() {
      if (toKeep) await o.vault.put(toKeep.name, toKeep.value)
    },
  }
}
