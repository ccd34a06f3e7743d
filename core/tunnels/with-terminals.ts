import { z } from 'zod'
import { targetKey } from '../../contract/models/target-key.ts'
import type { Target, TerminalState } from '../../contract/models/terminal.ts'
import { type Forward, isLoopback } from '../../contract/models/tunnel.ts'
import type { Log } from '../log.ts'
import type { Prompts } from '../prompts/prompts.ts'
import type { Reach } from '../reach/reach.ts'
import type { ReadonlyState } from '../state.ts'
import { openStore } from '../store/store.ts'
import type { Tunnels } from './tunnels.ts'

interface Followed {
  readonly folder: string
  readonly terminals: { readonly state: ReadonlyState<TerminalState[]> }
  readonly tunnels: Tunnels
  readonly reach: Pick<Reach, 'configuredForwards'>
  readonly prompts: Prompts
  readonly log: Log
}

const declined = z.object({ declined: z.array(z.string()).max(10_000) })

/**
 * Tunnels that go with a host's terminals: they start when the first one opens and end with the last. What ssh_config says of
 * forwards is offered once a host, becomes such tunnels, and is not asked about again while it says the same.
 */
export function followTerminals({ folder, terminals, tunnels, reach, prompts, log }: Followed): void {
  const store = openStore({ folder, name: 'declined-forwards', schema: declined, defaults: { declined: [] } })
  const open = new Set<string>()
  const ours = new Map<string, Set<string>>()
  const asked = new Set<string>()

  function begin(target: Target) {
    const key = targetKey(target)
    const going = ours.get(key) ?? new Set()
    ours.set(key, going)
    for (const { id, target: other, startWithTerminal, phase } of tunnels.state.value) {
      if (!startWithTerminal || targetKey(other) !== key || (phase.kind !== 'stopped' && phase.kind !== 'failed')) continue
      going.add(id)
      tunnels.start(id)
    }
  }
  function end(key: string) {
    const present = new Set(tunnels.state.value.map(({ id }) => id))
    for (const id of ours.get(key) ?? []) if (present.has(id)) tunnels.stop(id)
    ours.delete(key)
  }

  async function offer({ id, name }: TerminalState, target: Target) {
    const key = targetKey(target)
    const known = tunnels.state.value.filter((tunnel) => targetKey(tunnel.target) === key).map((tunnel) => JSON.stringify(tunnel.forward))
    const forwards = reach.configuredForwards(target).filter((forward) => !known.includes(JSON.stringify(forward)))
    const offered = JSON.stringify([key, forwards])
    if (forwards.length === 0 || asked.has(offered) || store.state.value.declined.includes(offered)) return
    asked.add(offered)
    const answer = await prompts.ask({ kind: 'open-forwards', host: name, forwards: [...forwards] }, { terminalId: id })
    if (answer.kind === 'no') store.state.update(({ declined }) => ({ declined: [...declined, offered] }))
    if (answer.kind !== 'yes') return
    for (const forward of forwards) tunnels.save(tunnelOf(target, name, forward))
    if (terminals.state.value.some((terminal) => targetKey(terminal.target) === key)) begin(target)
  }

  terminals.state.subscribe((all) => {
    for (const terminal of all) {
      if (terminal.phase.kind !== 'open' || open.has(terminal.id)) continue
      open.add(terminal.id)
      if (terminal.target.kind === 'local') continue
      begin(terminal.target)
      // Cancelled: asked again with the next start of the app.
      void offer(terminal, terminal.target).catch((error) => log.debug({ err: error }, 'forwards of ssh_config were not opened'))
    }
    const present = new Set(all.map(({ target }) => targetKey(target)))
    for (const key of ours.keys()) if (!present.has(key)) end(key)
    const ids = new Set(all.map(({ id }) => id))
    for (const id of open) if (!ids.has(id)) open.delete(id)
  })
}

function tunnelOf(target: Target, host: string, forward: Forward): Parameters<Tunnels['save']>[0] {
  const name = `${host}:${forward.kind === 'local' ? forward.toPort : forward.bindPort}`.slice(-200)
  return { name, target, forward, exposed: !isLoopback(forward.bindAddress), startWithApp: false, startWithTerminal: true }
}
