import type { UserErrorData } from '../../contract/errors.ts'
import type { InstanceRef } from '../../contract/models/instance.ts'
import type { ConnectChoices, Target, TerminalState } from '../../contract/models/terminal.ts'
import { api } from '../api/client.ts'
import { useLive } from '../api/live.ts'
import { chosenIn } from '../route/chosen.ts'
import { findTab, useTabs } from '../workspace/tabs.ts'
import { openTerminal, replaceTerminal } from '../workspace/terminals.ts'

export const recoverSteps = ['connect', 'key', 'install', 'prove', 'remember'] as const
export type RecoverStep = (typeof recoverSteps)[number]

export interface RecoverOptions {
  readonly instance: InstanceRef
  /** The tab that shall be in it; absent: a new one. */
  readonly tabKey: string | undefined
  /** A new key's file in `~/.ssh`, or one of this computer's. */
  readonly key:
    | { readonly kind: 'new'; readonly name: string; readonly passphrase: string }
    | { readonly kind: 'own'; readonly keyId: string }
  readonly signal: AbortSignal
  /** Begun; those before it are done. */
  onStep(step: RecoverStep): void
}

/**
 * Back into an instance whose key is lost: in with a key that EC2 Instance Connect lets in for a minute, another key into its
 * authorized_keys, in again with that one, and only then is it what opens this instance. Throws UserErrors.
 */
export async function recover({ instance: ref, tabKey, key, signal, onStep: tell }: RecoverOptions): Promise<void> {
  const target = (choices: ConnectChoices): Target => ({ kind: 'instance', ref, choices })
  const onStep = (step: RecoverStep) => {
    if (signal.aborted) throw new RecoverFailed({ code: 'CANCELLED', details: {} })
    tell(step)
  }
  onStep('connect')
  const kept = chosenIn(await api.reach.plan({ target: { kind: 'instance', ref } }))
  const { keyId: _lost, instanceConnect: _sent, ...others } = kept
  const tab = await showIn(tabKey, target({ ...others, instanceConnect: true }))
  const terminal = await opened(tab, signal)
  onStep('key')
  const keyId = key.kind === 'own' ? key.keyId : await makeKey(key)
  onStep('install')
  await api.terminals.installKey({ id: terminal.id, keyId })
  onStep('prove')
  // The user is known now, and a host that counts refusals need not be asked about others.
  const choices = { ...others, ...(terminal.login ? { user: terminal.login.user } : {}), keyId }
  await showIn(tab, target(choices))
  await opened(tab, signal)
  onStep('remember')
  await api.reach.choose({ target: { kind: 'instance', ref }, choices })
}

/** Its tab's key. */
async function showIn(tabKey: string | undefined, target: Target): Promise<string> {
  if (tabKey && findTab(tabKey)) {
    await replaceTerminal(tabKey, target)
    return tabKey
  }
  const opened = await openTerminal(target)
  if (!opened) throw new Error('no terminal')
  return opened
}

async function makeKey({ name, passphrase }: { name: string; passphrase: string }): Promise<string> {
  const { path } = await api.keys.generate({ type: 'ed25519', name, comment: name, ...(passphrase && { passphrase }) })
  const made = (await api.keys.list()).find((key) => key.path === path)
  if (!made) throw new Error('the new key is not in the list')
  return made.id
}

/** What a terminal failed with, rather than a call. */
export class RecoverFailed extends Error {
  readonly data: UserErrorData
  constructor(data: UserErrorData) {
    super(data.code)
    this.data = data
  }
}

/** Once the tab's terminal is open. Rejects with RecoverFailed, CANCELLED when the tab is closed. */
function opened(tabKey: string, signal: AbortSignal): Promise<TerminalState> {
  const id = findTab(tabKey)?.terminalId
  return new Promise((resolve, reject) => {
    const fail = (data: UserErrorData) => end(() => reject(new RecoverFailed(data)))
    const cancel = () => fail({ code: 'CANCELLED', details: {} })
    const look = () => {
      if (findTab(tabKey)?.terminalId !== id) return cancel()
      const terminal = useLive.getState().terminals.find((one) => one.id === id)
      const phase = terminal?.phase
      if (!terminal || !phase || phase.kind === 'connecting') return
      if (phase.kind === 'open') end(() => resolve(terminal))
      else if (phase.kind === 'exited') cancel()
      else fail(phase.error)
    }
    const unsubscribe = [useLive.subscribe(look), useTabs.subscribe(look)]
    signal.addEventListener('abort', cancel)
    function end(settle: () => void) {
      for (const stop of unsubscribe) stop()
      signal.removeEventListener('abort', cancel)
      settle()
    }
    look()
  })
}
