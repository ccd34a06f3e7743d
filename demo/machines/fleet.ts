import { accountId, type HostKeyType, type MachineSpec, machineSpecs } from './catalog.ts'
import { bootLog } from './console-log.ts'
import { generatedMachine } from './generated.ts'
import { createHostKey } from './host-keys.ts'
import { findImage } from './images.ts'
import { createKeyPairs, type KeyPair, type LoginKey } from './key-pairs.ts'
import type { Machine } from './machine.ts'

/** Everything the account holds, as it is now. */
export interface Fleet {
  readonly accountId: string
  keyPairs: readonly KeyPair[]
  loginKeys: readonly LoginKey[]
  machines: readonly Machine[]
  /** Exactly `count` instances: the catalogue's first, then generated ones. */
  setCount(count: number): void
  forget(machine: Machine): void
  /** A new one, pending. */
  add(spec: MachineSpec, more: Pick<Machine, 'token' | 'groups'>): Machine
  /** Appends what a boot prints, or begins anew as after a stop. */
  print(machine: Machine, kind: 'first-boot' | 'reboot' | 'start'): void
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export function createFleet(loginKeys: readonly LoginKey[]): Fleet {
  const catalogue = machineSpecs.map(createMachine)
  const fleet: Fleet = {
    accountId,
    keyPairs: createKeyPairs(loginKeys),
    loginKeys,
    machines: catalogue,
    setCount(count) {
      const more = Math.max(0, count - catalogue.length)
      fleet.machines = [...catalogue.slice(0, count), ...Array.from({ length: more }, (_, index) => generatedMachine(index))]
    },
    add(spec, more) {
      const machine: Machine = { ...createMachine(spec), ...more, state: 'pending', launchedAt: new Date() }
      fleet.machines = [...fleet.machines, machine]
      return machine
    },
    forget(machine) {
      fleet.machines = fleet.machines.filter((other) => other !== machine)
    },
    print(machine, kind) {
      const at = kind === 'first-boot' ? machine.launchedAt : new Date()
      const { spec } = machine
      const text = bootLog({
        spec,
        image: findImage(spec.imageId),
        hostKeys:
          spec.console === 'other-host-key' ? spec.hostKeys.map((type) => createHostKey(`${spec.name} before`, type)) : machine.hostKeys,
        loginKey: fleet.loginKeys.find((key) => key.name === spec.keyName),
        at,
        first: kind === 'first-boot',
      })
      machine.console = { text: kind === 'reboot' ? `${machine.console.text}\r\n${text}` : text, at }
    },
  }
  for (const machine of catalogue) fleet.print(machine, 'first-boot')
  return fleet
}

function createMachine(spec: MachineSpec): Machine {
  const launchedAt = new Date(Date.now() - spec.launchedDaysAgo * DAY_MS)
  return {
    spec,
    state: spec.state,
    publicAddress: spec.state === 'running' || spec.elastic ? spec.publicAddress : undefined,
    launchedAt,
    earlierRuns: spec.state === 'stopped' ? [{ from: launchedAt.getTime(), to: launchedAt.getTime() + DAY_MS }] : [],
    ...(spec.retires ? { retiresAt: new Date(nextHour() + 9 * DAY_MS) } : {}),
    reason: spec.state === 'stopped' ? userInitiated(new Date(launchedAt.getTime() + DAY_MS)) : '',
    console: { text: '', at: launchedAt },
    hostKeys: spec.hostKeys.map((type: HostKeyType) => createHostKey(spec.launchedDaysAgo > 0 ? spec.name : spec.instanceId, type)),
    metadataTokens: spec.launchedDaysAgo > 600 ? 'optional' : 'required',
    protectedFrom: { termination: spec.protected ?? false, stop: false },
    generated: false,
    sentKeys: [],
    serialKeys: [],
    serialSessions: 0,
  }
}

/** AWS announces whole hours. */
function nextHour(): number {
  return Math.ceil(Date.now() / HOUR_MS) * HOUR_MS
}

export function userInitiated(at: Date): string {
  return `User initiated (${at.toISOString().slice(0, 19).replace('T', ' ')} GMT)`
}
