import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import type { Database } from '../../contract/models/database.ts'
import type { Target } from '../../contract/models/terminal.ts'
import { type TunnelState, tunnel } from '../../contract/models/tunnel.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { LOOPBACK } from './tunnel-form.ts'

const UNDO_MS = 12_000

export function start({ id }: TunnelState): void {
  void attempt(() => api.tunnels.start({ id }))
}

export function stop({ id }: TunnelState): void {
  void attempt(() => api.tunnels.stop({ id }))
}

export function duplicate({ id }: TunnelState): void {
  void attempt(() => api.tunnels.duplicate({ id }))
}

/** The same tunnel, listening on another port. */
export function startOnPort(state: TunnelState, bindPort: number): void {
  void attempt(async () => {
    const { id } = await api.tunnels.save(tunnel.parse({ ...state, forward: { ...state.forward, bindPort } }))
    await api.tunnels.start({ id })
  })
}

/** A database beside a host gets a port of this computer, its own where that is free, and the tunnel is started. */
export function bring(target: Target, database: Database): Promise<unknown> {
  const { name, address, port, role } = database
  return attempt(async () => {
    const { port: bindPort = port } = await api.tunnels.freePort({ from: port })
    const { id } = await api.tunnels.save({
      name: i18next.t(`databases.roles.${role}`, { ns: 'tunnels', name }),
      target,
      forward: { kind: 'local', bindAddress: LOOPBACK, bindPort, toHost: address, toPort: port },
      exposed: false,
      startWithApp: false,
    })
    await api.tunnels.start({ id })
  })
}

export async function remove({ id, name }: TunnelState): Promise<void> {
  const removed = await attempt(() => api.tunnels.remove({ id }))
  if (!removed) return
  const t = i18next.getFixedT(null, 'tunnels')
  const notice = `undo-${removed.undo}`
  const undo = () => {
    notifications.hide(notice)
    void attempt(() => api.tunnels.undo(removed))
  }
  notifications.show({
    id: notice,
    autoClose: UNDO_MS,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{t('removed', { name })}</Text>
        <Button size="compact-sm" variant="light" onClick={undo}>
          {t('undo')}
        </Button>
      </Group>
    ),
  })
}
