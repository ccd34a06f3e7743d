import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { UserErrorData } from '../../contract/errors.ts'
import { isLoopback, type Tunnel, type TunnelState, tunnel } from '../../contract/models/tunnel.ts'
import { createState, type ReadonlyState } from '../state.ts'
import { openStore } from '../store/store.ts'
import type { DialServices } from '../terminals/dial.ts'
import { UserError } from '../user-error.ts'
import { findFreePort } from './listen.ts'
import { createTunnel, type RunningTunnel } from './tunnel.ts'

/** As in the contract. Each throws UserError NOT_FOUND for what is not there. */
export interface Tunnels {
  readonly state: ReadonlyState<TunnelState[]>
  readonly problem: UserErrorData | undefined
  /** Throws UserError INVALID_INPUT for an address that others can reach when `exposed` does not say so. */
  save(tunnel: Omit<Tunnel, 'id'> & { readonly id?: string | undefined }): { id: string }
  start(id: string): void
  stop(id: string): void
  duplicate(id: string): { id: string }
  remove(id: string): { undo: string }
  undo(undo: string): void
  freePort(from: number): Promise<number | undefined>
  /** Those that the person wants started with the app, waiting for what may pass. */
  startWithApp(which: (tunnel: Tunnel) => boolean): void
  hasten(): void
  stopAll(which?: (tunnel: Tunnel) => boolean): void
}

const stored = z.object({ tunnels: z.array(tunnel).max(1_000) })

export function openTunnels(folder: string, services: DialServices): Tunnels {
  const store = openStore({ folder, name: 'tunnels', schema: stored, defaults: { tunnels: [] } })
  const running = new Map<string, RunningTunnel>()
  const removals = new Map<string, { readonly index: number; readonly tunnel: Tunnel }>()
  const state = createState<TunnelState[]>([])
  const publish = () => state.set(store.state.value.tunnels.flatMap(({ id }) => running.get(id)?.state.value ?? []))

  function adopt(item: Tunnel): RunningTunnel {
    const created = createTunnel(item, services)
    running.set(item.id, created)
    created.state.subscribe(() => running.get(item.id) === created && publish())
    return created
  }
  function find(id: string): RunningTunnel {
    const found = running.get(id)
    if (!found) throw new UserError('NOT_FOUND', { what: 'tunnel' })
    return found
  }
  function keep(tunnels: Tunnel[]) {
    store.state.set({ tunnels })
    publish()
  }
  for (const item of store.state.value.tunnels) adopt(item)
  publish()

  return {
    state,
    problem: store.problem,
    save({ id, ...rest }) {
      checkExposure(rest)
      const saved: Tunnel = { ...rest, id: id ?? randomUUID() }
      const { tunnels } = store.state.value
      if (id === undefined) {
        adopt(saved)
        keep([...tunnels, saved])
        return { id: saved.id }
      }
      const before = find(id)
      const ran = before.state.value.phase.kind !== 'stopped' && before.state.value.phase.kind !== 'failed'
      before.stop()
      const replaced = adopt(saved)
      keep(tunnels.map((other) => (other.id === id ? saved : other)))
      if (ran) replaced.start()
      return { id }
    },
    start: (id) => find(id).start(),
    stop: (id) => find(id).stop(),
    duplicate(id) {
      find(id)
      const { tunnels } = store.state.value
      const index = tunnels.findIndex((other) => other.id === id)
      const copy: Tunnel = { ...(tunnels[index] as Tunnel), id: randomUUID() }
      adopt(copy)
      keep(tunnels.toSpliced(index + 1, 0, copy))
      return { id: copy.id }
    },
    remove(id) {
      find(id).stop()
      const { tunnels } = store.state.value
      const index = tunnels.findIndex((other) => other.id === id)
      const undo = randomUUID()
      removals.set(undo, { index, tunnel: tunnels[index] as Tunnel })
      running.delete(id)
      keep(tunnels.toSpliced(index, 1))
      return { undo }
    },
    undo(undo) {
      const removal = removals.get(undo)
      if (!removal) throw new UserError('NOT_FOUND', { what: 'undo' })
      removals.delete(undo)
      adopt(removal.tunnel)
      keep(store.state.value.tunnels.toSpliced(removal.index, 0, removal.tunnel))
    },
    freePort(from) {
      // Those that listen on the host do not count, nor does it matter which of this computer's addresses it is.
      const forwards = store.state.value.tunnels.map(({ forward }) => forward).filter(({ kind }) => kind !== 'remote')
      return findFreePort('127.0.0.1', from, new Set(forwards.map(({ bindPort }) => bindPort)))
    },
    startWithApp(which) {
      for (const item of store.state.value.tunnels) if (item.startWithApp && which(item)) find(item.id).start({ patient: true })
    },
    hasten() {
      for (const tunnel of running.values()) tunnel.hasten()
    },
    stopAll(which = () => true) {
      for (const item of store.state.value.tunnels) if (which(item)) find(item.id).stop()
    },
  }
}

/** In so many words, or not at all: also for whoever calls without the form. */
function checkExposure({ forward, exposed }: Pick<Tunnel, 'forward' | 'exposed'>): void {
  if (exposed || isLoopback(forward.bindAddress)) return
  throw new UserError('INVALID_INPUT', { field: 'bindAddress', problem: 'not-loopback' })
}
