import { isDeepStrictEqual } from 'node:util'
import { z } from 'zod'
import type { UserErrorData } from '../../contract/errors.ts'
import type { Instance } from '../../contract/models/instance.ts'
import { loginGuess } from '../../contract/models/reach.ts'
import { type ConnectChoices, connectChoices, type Target } from '../../contract/models/terminal.ts'
import type { Log } from '../log.ts'
import { createState } from '../state.ts'
import { openStore } from '../store/store.ts'

const hostKey = z.object({ type: z.string(), fingerprint: z.string() })
const remembered = z.object({
  choices: connectChoices.optional(),
  /** What opened it the last time. */
  login: loginGuess.optional(),
  keyId: z.string().optional(),
  keyPairId: z.string().optional(),
  hostKeys: z.object({ reason: z.enum(['verified-by-aws', 'accepted', 'known']), keys: z.array(hostKey) }).optional(),
  /** Fingerprints in the console that the person said are no longer true. */
  outdatedConsole: z.array(z.string()).optional(),
})
export type Remembered = z.infer<typeof remembered>

const schema = z.object({
  /** By `account/region/instance-id`, or `host:name`. */
  targets: z.record(z.string(), remembered),
  /** The id of the key that opened it, by key-pair id: the next instance with that pair needs no search. */
  keyPairs: z.record(z.string(), z.string()),
})

/** What is remembered about targets between one connection and the next. */
export interface Memory {
  readonly problem: UserErrorData | undefined
  get(id: string): Remembered
  change(id: string, change: Partial<Remembered>): void
  keyOfPair(keyPairId: string | undefined): string | undefined
  rememberPair(keyPairId: string, keyId: string): void
  choices(id: string, target: Target): ConnectChoices
}

/** `folder` absent: for this run only. A file that cannot be written costs the memory, not the connection. */
export function openMemory(folder: string | undefined, log: Log): Memory {
  const defaults: z.infer<typeof schema> = { targets: {}, keyPairs: {} }
  const store = folder === undefined ? undefined : openStore({ folder, name: 'reach', schema, defaults })
  const state = store?.state ?? createState(defaults)
  const update = (change: (value: z.infer<typeof schema>) => z.infer<typeof schema>) => {
    try {
      state.update(change)
    } catch (error) {
      log.warn({ err: error }, 'what was learned about a host could not be kept')
    }
  }
  const get = (id: string) => (Object.hasOwn(state.value.targets, id) ? state.value.targets[id] : undefined) ?? {}
  return {
    problem: store?.problem,
    get,
    change(id, change) {
      const before = get(id)
      const after = { ...before, ...change }
      if (!isDeepStrictEqual(before, after)) update((value) => ({ ...value, targets: { ...value.targets, [id]: after } }))
    },
    keyOfPair: (keyPairId) => (keyPairId === undefined ? undefined : state.value.keyPairs[keyPairId]),
    rememberPair(keyPairId, keyId) {
      if (state.value.keyPairs[keyPairId] !== keyId) update((value) => ({ ...value, keyPairs: { ...value.keyPairs, [keyPairId]: keyId } }))
    },
    choices: (id, target) => ({ ...get(id).choices, ...target.choices }),
  }
}

/** A new instance under an old address is another one; the same instance under a new address is not. */
export function instanceKey({ accountId, ref }: Pick<Instance, 'accountId' | 'ref'>): string {
  return `${accountId}/${ref.region}/${ref.instanceId}`
}

export function hostTargetKey(host: string): string {
  return `host:${host.toLowerCase()}`
}
