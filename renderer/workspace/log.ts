import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import type { TerminalLog } from '../../contract/models/terminal.ts'
import { api } from '../api/client.ts'
import { useLive } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'

export async function startLog(id: string, format: TerminalLog['format']): Promise<void> {
  const started = await attempt(() => api.terminals.startLog({ id, format }))
  if (started?.path !== undefined)
    notifications.show({ role: 'status', message: i18next.t('log.goesTo', { ns: 'workspace', path: started.path }) })
}

export async function stopLog(id: string): Promise<void> {
  const path = useLive.getState().terminals.find((terminal) => terminal.id === id)?.log?.path
  await attempt(() => api.terminals.stopLog({ id }))
  notifications.show({ role: 'status', message: i18next.t('log.isIn', { ns: 'workspace', path }) })
}
