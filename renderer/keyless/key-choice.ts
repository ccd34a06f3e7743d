import type { LocalKey } from '../../contract/models/key.ts'
import type { KeyMatch } from '../../contract/models/reach.ts'
import type { ConnectChoices, Target } from '../../contract/models/terminal.ts'

/** Among the keys to choose from: none of this computer, one that is sent for the login. No key's id is this. */
const SENT = 'instance-connect'

/** What a list of keys offers. */
export function keyOptions(keys: readonly Pick<LocalKey, 'id' | 'label'>[], target: Target, sentLabel: string) {
  const own = keys.map(({ id, label }) => ({ value: id, label }))
  return target.kind === 'instance' ? [{ value: SENT, label: sentLabel }, ...own] : own
}

export function toKeyChoice(value: string | null): Pick<ConnectChoices, 'keyId' | 'instanceConnect'> {
  if (value === SENT) return { instanceConnect: true }
  return value ? { keyId: value } : {}
}

export function fromKeyChoice({ keyId, instanceConnect }: ConnectChoices): string | null {
  return instanceConnect ? SENT : (keyId ?? null)
}

/** What of a plan or a connection the person had chosen. */
export function chosenKey(key: KeyMatch): Pick<ConnectChoices, 'keyId' | 'instanceConnect'> {
  if (key.kind === 'instance-connect') return key.reason === 'choice' ? { instanceConnect: true } : {}
  return key.kind === 'found' && key.reason === 'choice' ? { keyId: key.keyId } : {}
}

/** Chosen or not. */
export function inUse(key: KeyMatch): Pick<ConnectChoices, 'keyId' | 'instanceConnect'> {
  if (key.kind === 'instance-connect') return { instanceConnect: true }
  return key.kind === 'found' ? { keyId: key.keyId } : {}
}
