import type { Target } from '../../contract/models/terminal.ts'
import type { TunnelState } from '../../contract/models/tunnel.ts'
import type { Tunnels } from '../tunnels/tunnels.ts'
import { cancelled, fromData } from '../user-error.ts'

const LOCAL = '127.0.0.1'

/**
 * A tunnel to a port of a host's network, open: the one that is there already, else a new one, which stays in the list of tunnels. Returns
 * its port on this computer. Throws the UserError that the tunnel failed with.
 */
export async function leadTo(
  tunnels: Tunnels,
  { name, through, host, port }: { name: string; through: Target; host: string; port: number },
  signal: AbortSignal | undefined,
): Promise<number> {
  const before = tunnels.state.value.find(
    ({ target, forward }) =>
      JSON.stringify(target) === JSON.stringify(through) && forward.kind === 'local' && forward.toHost === host && forward.toPort === port,
  )
  const bindPort = before?.forward.bindPort ?? (await tunnels.freePort(port)) ?? port
  const forward = { kind: 'local', bindAddress: LOCAL, bindPort, toHost: host, toPort: port } as const
  const { id } = before ?? tunnels.save({ name, target: through, forward, exposed: false, startWithApp: false })
  tunnels.start(id)
  await opened(tunnels, id, signal)
  return bindPort
}

function opened(tunnels: Tunnels, id: string, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    let stop = () => {}
    const look = (all: readonly TunnelState[]) => {
      const phase = all.find((each) => each.id === id)?.phase
      if (phase?.kind === 'starting') return
      stop()
      if (phase?.kind === 'open') resolve()
      else if (phase?.kind === 'failed' || phase?.kind === 'lost') reject(fromData(phase.error))
      else reject(cancelled())
    }
    stop = tunnels.state.subscribe(look)
    signal?.addEventListener('abort', () => tunnels.stop(id), { once: true })
    look(tunnels.state.value)
  })
}
