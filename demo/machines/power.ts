import { type Fleet, userInitiated } from './fleet.ts'
import type { Machine, MachineState } from './machine.ts'
import type { AddressKind, OwnSurroundings } from './surroundings.ts'

/** How long things take, in milliseconds. */
export interface Times {
  pending: number
  stopping: number
  /** From `running`, or from the reboot's call, until its SSH server answers. */
  boot: number
  /** From a snapshot's call until it is complete. */
  backup: number
  /** An hour, for policies that make backups by themselves. */
  hour: number
  /** From a volume's call until it can be used, and for as long as it takes to attach or replace one. */
  volume: number
  /** From a Windows instance's launch until AWS has its password. */
  password: number
  /** From `terminated` until the list forgets it. */
  terminated: number
  /** For how long `Please login as the user …` stays before the connection ends. */
  forcedCommand: number
  /** For how long a key that was sent opens a login. */
  sentKey: number
}
/** Shorter than EC2's, long enough to be seen. */
export const defaultTimes: Times = {
  pending: 2_500,
  stopping: 4_000,
  boot: 1_500,
  backup: 5_000,
  hour: 3_600_000,
  volume: 2_000,
  password: 240_000,
  terminated: 60_000,
  forcedCommand: 10_000,
  sentKey: 60_000,
}

export interface PowerEvents {
  /** Its SSH server may listen. */
  up(machine: Machine): void
  /** Every connection to it ends now. */
  down(machine: Machine): void
  /** Its disks go, and nothing of it is left but a line in the list, for `times.terminated`. */
  terminated(machine: Machine): void
  /** An address came or went. */
  addressChanged(machine: Machine): void
}
export interface Power {
  /** Each returns the state before. Throws WrongState where EC2 refuses. */
  start(machine: Machine): MachineState
  /** A new one, for the first time. */
  launch(machine: Machine): void
  stop(machine: Machine): MachineState
  reboot(machine: Machine): MachineState
  /** It stays in the list for a while, as in EC2. */
  terminate(machine: Machine): MachineState
  /** At once, whatever it was before. */
  place(machine: Machine, own: OwnSurroundings): void
  close(): void
}
export class WrongState extends Error {}

/** EC2's state machine: stopped, pending, running, stopping; a new public address after a stop and start unless it is an Elastic IP. */
export function createPower(fleet: Fleet, times: Times, events: PowerEvents): Power {
  const timers = new Map<Machine, NodeJS.Timeout>()
  const addresses = new Set(fleet.machines.map((machine) => machine.spec.publicAddress))

  function after(machine: Machine, ms: number, then: () => void) {
    clearTimeout(timers.get(machine))
    timers.set(machine, setTimeout(then, ms))
  }

  function boot(machine: Machine, kind: 'first-boot' | 'reboot' | 'start') {
    after(machine, times.boot, () => {
      fleet.print(machine, kind)
      events.up(machine)
    })
  }

  /** The next one, beside the address that it had first, that nobody has had. */
  function newAddress(machine: Machine): string | undefined {
    const first = machine.spec.publicAddress
    if (!first || machine.spec.elastic) return first
    const [network, last] = [first.slice(0, first.lastIndexOf('.')), Number(first.slice(first.lastIndexOf('.') + 1))]
    for (let step = 1; step < 254; step++) {
      const address = `${network}.${1 + ((last + step) % 254)}`
      if (addresses.has(address)) continue
      addresses.add(address)
      return address
    }
    return first
  }

  return {
    launch(machine) {
      addresses.add(machine.publicAddress)
      after(machine, times.pending, () => {
        machine.state = 'running'
        events.addressChanged(machine)
        boot(machine, 'first-boot')
      })
    },
    start(machine) {
      const before = machine.state
      if (before === 'running' || before === 'pending') return before
      if (before !== 'stopped')
        throw new WrongState(`The instance '${machine.spec.instanceId}' is not in a state from which it can be started.`)
      machine.state = 'pending'
      machine.reason = ''
      machine.launchedAt = new Date()
      machine.retiresAt = undefined
      machine.publicAddress = newAddress(machine)
      events.addressChanged(machine)
      after(machine, times.pending, () => {
        machine.state = 'running'
        boot(machine, 'start')
      })
      return before
    },
    stop(machine) {
      const before = machine.state
      if (before === 'stopped' || before === 'stopping') return before
      if (before !== 'running')
        throw new WrongState(`The instance '${machine.spec.instanceId}' is not in a state from which it can be stopped.`)
      machine.earlierRuns = [...machine.earlierRuns, { from: machine.launchedAt.getTime(), to: Date.now() }]
      machine.state = 'stopping'
      machine.reason = userInitiated(new Date())
      events.down(machine)
      after(machine, times.stopping, () => {
        machine.state = 'stopped'
        if (!machine.spec.elastic) machine.publicAddress = undefined
        events.addressChanged(machine)
      })
      return before
    },
    reboot(machine) {
      if (machine.state !== 'running') throw new WrongState(`The instance '${machine.spec.instanceId}' is not in the 'running' state.`)
      events.down(machine)
      boot(machine, 'reboot')
      return machine.state
    },
    terminate(machine) {
      const before = machine.state
      if (before === 'shutting-down' || before === 'terminated') return before
      machine.state = 'shutting-down'
      machine.reason = userInitiated(new Date())
      events.down(machine)
      after(machine, times.stopping, () => {
        machine.state = 'terminated'
        machine.publicAddress = undefined
        events.addressChanged(machine)
        events.terminated(machine)
        after(machine, times.terminated, () => fleet.forget(machine))
      })
      return before
    },
    place(machine, own) {
      clearTimeout(timers.get(machine))
      const has = (kind: AddressKind) => own.addresses.includes(kind)
      Object.assign(machine, { own, state: own.state })
      machine.spec = {
        ...machine.spec,
        ...(has('ipv6') ? { ipv6Address: machine.spec.ipv6Address ?? `2001:db8:99::${machine.spec.instanceId.slice(-4)}` } : {}),
        tags: { ...machine.spec.tags, 'mooring:port': String(own.port) },
      }
      machine.publicAddress = own.state === 'running' && has('public') ? (machine.publicAddress ?? newAddress(machine)) : undefined
      if (own.state === 'running') events.up(machine)
      else events.down(machine)
    },
    close() {
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}
