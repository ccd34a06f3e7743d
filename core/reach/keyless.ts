import { generateKeyPairSync } from 'node:crypto'
import ssh2 from 'ssh2'
import type { InstanceRef } from '../../contract/models/instance.ts'
import type { KeyMatch } from '../../contract/models/reach.ts'
import type { ConnectChoices, TraceStep } from '../../contract/models/terminal.ts'
import type { InstanceConnect } from '../aws/instance-connect.ts'
import { sha256Fingerprint } from '../keys/fingerprints.ts'
import type { LoadedKey } from '../keys/keys.ts'
import { numbersOfJwk, writeOpenSsh } from '../keys/openssh.ts'
import type { SshKey } from '../ssh/connect.ts'

/** Whether a key for this login alone is sent, instead of what was matched. Pure. */
export function orInstanceConnect(match: KeyMatch, choices: ConnectChoices, byItself: boolean): KeyMatch {
  if (choices.instanceConnect) return { kind: 'instance-connect', reason: 'choice' }
  const wanted = byItself && choices.instanceConnect === undefined && match.kind === 'missing'
  return wanted ? { kind: 'instance-connect', reason: 'setting' } : match
}

export const SENT_KEY_ID = 'instance-connect'
const LABEL = 'EC2 Instance Connect'

interface SendOptions {
  readonly signal: AbortSignal
  onStep(step: Omit<TraceStep, 'at'>): void
}

/**
 * A key that is made and sent when a login's turn comes, after the host has shown who it is, and that nobody keeps. Its 60 seconds
 * begin then; a further attempt gets a further one.
 */
export function sentKey(instanceConnect: InstanceConnect, ref: InstanceRef, { signal, onStep }: SendOptions): SshKey {
  return {
    id: SENT_KEY_ID,
    label: LABEL,
    encrypted: false,
    async load(user) {
      const key = makeKey(SENT_KEY_ID, LABEL)
      const tell = (outcome: TraceStep['outcome']) => onStep({ step: 'instance-connect', outcome, params: { user } })
      tell('doing')
      try {
        await instanceConnect.sendKey(ref, user, publicKeyLine(key), signal)
        tell('ok')
        return key
      } catch (error) {
        tell('failed')
        throw error
      }
    },
  }
}

export function publicKeyLine({ type, blob }: Pick<LoadedKey, 'type' | 'blob'>): string {
  return `${type} ${blob.toString('base64')}`
}

/** An Ed25519 key that is nowhere but in this process. */
export function makeKey(id: string, label: string): LoadedKey & { readonly parsed: ssh2.ParsedKey } {
  const numbers = numbersOfJwk(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }))
  const parsed = numbers ? ssh2.utils.parseKey(writeOpenSsh(numbers)) : new Error('no Ed25519 key')
  if (parsed instanceof Error) throw parsed
  const blob = parsed.getPublicSSH()
  return { id, label, type: parsed.type, fingerprint: sha256Fingerprint(blob), blob, parsed }
}
