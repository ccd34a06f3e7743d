import i18next from 'i18next'
import { findInstance, useRows } from '../api/instances.ts'
import type { Tab } from './tabs.ts'

/** The machine's name; the list knows an instance's before the core has looked it up to connect to it. */
export function machineName({ target, terminal }: Tab): string {
  if (target.kind === 'local') return terminal?.name || i18next.t('local.shell', { ns: 'workspace' })
  if (target.kind === 'host') return terminal?.name ?? target.host
  const { instanceId } = target.ref
  const known = terminal && terminal.name !== instanceId ? terminal.name : undefined
  const name = known ?? (findInstance(useRows.getState(), target.ref)?.name || instanceId)
  return target.serial ? i18next.t('serial.tab', { ns: 'keyless', name }) : name
}
