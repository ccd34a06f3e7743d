import { pino } from 'pino'
import type { TraceStep } from '../../../contract/models/terminal.ts'
import { sha256Fingerprint } from '../../../core/keys/fingerprints.ts'
import { readPrivateKey } from '../../../core/keys/private-key.ts'
import { type ConnectOptions, connect, type Shell, type SshKey } from '../../../core/ssh/connect.ts'
import { UserError } from '../../../core/user-error.ts'
import type { TestKey } from '../../support/sshd.ts'

export type Step = Omit<TraceStep, 'at'>

/** Everything `connect` needs, with a host key that is trusted and no question expected. */
export function options(port: number, overrides: Partial<ConnectOptions> = {}): ConnectOptions & { readonly steps: Step[] } {
  const steps: Step[] = []
  return {
    address: '127.0.0.1',
    port,
    users: ['nobody'],
    keys: [],
    verifyHostKey: async ({ type, fingerprint }) => ({ reason: 'known', algorithm: type, fingerprint }),
    askPassword: async () => unexpected('password'),
    askKeyboardInteractive: async () => unexpected('keyboard-interactive'),
    askNewPassword: async () => unexpected('new password'),
    onStep: (step) => steps.push(step),
    signal: new AbortController().signal,
    log: pino({ level: 'silent' }),
    steps,
    ...overrides,
  }
}

function unexpected(question: string): never {
  throw new Error(`nobody should have been asked: ${question}`)
}

/** A plain key as core/keys would give it. */
export function plainKey(key: TestKey, label = 'id_test'): SshKey {
  return {
    id: label,
    label,
    publicKey: { type: 'ssh-ed25519', blob: key.blob },
    encrypted: false,
    load: async () => {
      const parsed = await readPrivateKey(Buffer.from(key.text), label).unlock()
      if (!parsed) throw new Error('not a plain key')
      return { id: label, label, type: parsed.type, fingerprint: sha256Fingerprint(key.blob), blob: key.blob, parsed }
    },
  }
}

/** The UserError that `promise` fails with. */
export async function failureOf(promise: Promise<unknown>): Promise<UserError['data']> {
  try {
    await promise
  } catch (error) {
    if (error instanceof UserError) return error.data
    throw error
  }
  throw new Error('did not fail')
}

/** The steps in short: `key ok`. */
export function short(steps: readonly Step[]): string[] {
  return steps.map(({ step, outcome }) => `${step} ${outcome}`)
}

/** Reads what the shell prints until `wanted` is in it. */
export function printed(shell: Shell, wanted: string | RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const onData = (chunk: Buffer) => {
      text += chunk
      if (typeof wanted === 'string' ? !text.includes(wanted) : !wanted.test(text)) return
      shell.stream.off('data', onData)
      resolve(text)
    }
    shell.stream.on('data', onData)
    shell.stream.once('close', () => reject(new Error(`closed before ${wanted}: ${text}`)))
  })
}

export { connect }
