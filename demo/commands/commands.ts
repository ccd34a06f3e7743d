import { randomUUID } from 'node:crypto'
import type { Machine } from '../machines/machine.ts'
import type { Power } from '../machines/power.ts'
import type { AgentRun } from '../ssh/agent.ts'
import { countPatches, PATCH, type PatchState } from './patches.ts'

type Status = 'Pending' | 'InProgress' | 'Cancelling' | 'Success' | 'Failed' | 'Cancelled'

/** One machine's share of a command. */
export interface Invocation {
  readonly machine: Machine
  readonly abort: AbortController
  status: Status
  /** Systems Manager's StatusDetails; `Terminated`: others had failed too often. */
  details: string
  code: number
  output: string
  errors: string
}
export interface Command {
  readonly id: string
  readonly document: string
  readonly region: string
  readonly comment: string
  readonly requestedAt: Date
  readonly invocations: readonly Invocation[]
  cancelled: boolean
}
export interface Wish {
  readonly document: string
  readonly region: string
  readonly comment: string
  readonly machines: readonly Machine[]
  readonly script: string
  /** Of AWS-RunPatchBaseline. */
  readonly patch?: { readonly operation: 'Scan' | 'Install'; readonly reboots: boolean }
  readonly most: number
  readonly mostErrors: number
}

/** Systems Manager's Run Command: scripts that really run on the machines, so many at once, until too many have failed. */
export interface Commands {
  send(wish: Wish): Command
  find(id: string, region: string): Command | undefined
  /** Of all machines of the command, or of these. */
  cancel(command: Command, ids: readonly string[]): void
  patchState(machine: Machine): PatchState | undefined
  close(): void
}

export function createCommands(power: Power, run: (machine: Machine, script: string, signal: AbortSignal) => Promise<AgentRun>): Commands {
  const commands = new Map<string, Command>()
  const patches = new Map<Machine, PatchState>()

  async function invoke(invocation: Invocation, { script, patch }: Wish) {
    const { machine, abort } = invocation
    Object.assign(invocation, { status: 'InProgress', details: 'InProgress' })
    const ran = await run(machine, patch ? `operation=${patch.operation}\n${PATCH}` : script, abort.signal)
    const status: Status = abort.signal.aborted ? 'Cancelled' : ran.code === 0 ? 'Success' : 'Failed'
    if (patch && status !== 'Cancelled') {
      const state = countPatches(ran.output, patch, patches.get(machine))
      if (state) patches.set(machine, state)
      if (patch.operation === 'Install' && patch.reboots && state && state.justInstalled > 0 && machine.state === 'running')
        power.reboot(machine)
    }
    Object.assign(invocation, { status, details: status, code: ran.code, output: ran.output, errors: ran.errors })
  }

  async function runAll(command: Command, wish: Wish) {
    const left = command.invocations.values()
    const failures = () => command.invocations.filter(({ status }) => status === 'Failed').length
    const worker = async () => {
      for (const invocation of left) {
        if (invocation.abort.signal.aborted) Object.assign(invocation, { status: 'Cancelled', details: 'Cancelled' })
        else if (failures() > wish.mostErrors) Object.assign(invocation, { status: 'Cancelled', details: 'Terminated' })
        else await invoke(invocation, wish)
      }
    }
    await Promise.all(Array.from({ length: wish.most }, worker))
  }

  return {
    send(wish) {
      const invocations = wish.machines.map(
        (machine): Invocation => ({
          machine,
          abort: new AbortController(),
          status: 'Pending',
          details: 'Pending',
          code: -1,
          output: '',
          errors: '',
        }),
      )
      const { document, region, comment } = wish
      const command = { id: randomUUID(), document, region, comment, requestedAt: new Date(), invocations, cancelled: false }
      commands.set(command.id, command)
      void runAll(command, wish)
      return command
    },
    find(id, region) {
      const command = commands.get(id)
      return command?.region === region ? command : undefined
    },
    cancel(command, ids) {
      if (ids.length === 0) command.cancelled = true
      for (const invocation of command.invocations) {
        if (ids.length > 0 && !ids.includes(invocation.machine.spec.instanceId)) continue
        if (invocation.status === 'InProgress') Object.assign(invocation, { status: 'Cancelling', details: 'Cancelling' })
        invocation.abort.abort()
      }
    },
    patchState: (machine) => patches.get(machine),
    close() {
      for (const { invocations } of commands.values()) for (const { abort } of invocations) abort.abort()
    },
  }
}
