// biome-ignore-all lint/a11y/useFocusableInteractive: the tree has the focus, and names the line that it means.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the tree answers the keyboard.

import { Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import { api } from '../api/client.ts'
import { refKey } from '../api/instances.ts'
import { useTerminals } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { ErrorMessage } from '../app/error-message.tsx'
import { formatMilliseconds, formatMoment, formatNumber } from '../words/formats.ts'
import { connect, label } from './actions.tsx'
import { toggleCollapsed } from './collapse.ts'
import classes from './instances.module.css'
import type { ListRow } from './list-rows.ts'
import { LoadingLines } from './loading-lines.tsx'
import { useRegionName } from './region-name.ts'
import { StateDot } from './state-dot.tsx'

interface Props {
  readonly row: ListRow
  readonly id: string
  readonly active: boolean
  readonly onActivate: () => void
}

export function ListLine({ row, id, active, onActivate }: Props) {
  switch (row.kind) {
    case 'profile':
    case 'region':
      return <GroupLine row={row} id={id} active={active} onActivate={onActivate} />
    case 'instance':
      return <InstanceLine row={row} id={id} active={active} onActivate={onActivate} />
    case 'problem':
      return <ProblemLine row={row} />
    case 'loading':
      return <LoadingLine />
  }
}

function GroupLine({ row, id, active, onActivate }: Props & { readonly row: Extract<ListRow, { kind: 'profile' | 'region' }> }) {
  const { i18n } = useTranslation()
  const regionName = useRegionName()
  const Chevron = row.collapsed ? IconChevronRight : IconChevronDown
  const name = row.kind === 'profile' ? [row.profile, row.accountId] : [row.region.region, regionName(row.region.region)]
  return (
    <div
      role="treeitem"
      id={id}
      aria-level={row.kind === 'region' ? row.level : 1}
      aria-expanded={!row.collapsed}
      aria-selected={active}
      className={classes.group}
      data-kind={row.kind}
      data-active={active || undefined}
      // The menu is about instances.
      onContextMenu={(event) => event.stopPropagation()}
      onClick={() => {
        onActivate()
        toggleCollapsed(row.key)
      }}
    >
      <Chevron size={13} aria-hidden />
      <span className={classes.groupName}>{name.filter(Boolean).join(' · ')}</span>
      {row.kind === 'region' && <AsOf region={row.region} />}
      <span>{formatNumber(row.count, i18n.language)}</span>
    </div>
  )
}

function AsOf({ region }: { readonly region: { readonly stale: boolean; readonly asOf?: string | undefined } }) {
  const { t, i18n } = useTranslation()
  if (!region.stale || !region.asOf) return undefined
  return (
    <Tooltip label={t('stale')}>
      <span className={classes.stale}>
        <IconClock size={12} aria-hidden /> {t('asOf', { time: formatMoment(region.asOf, i18n.language) })}
      </span>
    </Tooltip>
  )
}

function InstanceLine({ row, id, active, onActivate }: Props & { readonly row: Extract<ListRow, { kind: 'instance' }> }) {
  const { t, i18n } = useTranslation()
  const { instance } = row
  const { login, roundTrip } = useOpenTerminal(instance)
  const address = instance.publicAddress ?? instance.ipv6Address ?? instance.privateAddress
  const second = instance.state === 'running' ? [login, instance.windows && t('windows'), address] : [t(`states.${instance.state}`)]
  return (
    <div
      role="treeitem"
      id={id}
      aria-level={row.level}
      aria-selected={active}
      aria-label={[label(instance), t(`states.${instance.state}`), address].filter(Boolean).join(', ')}
      className={classes.instance}
      data-active={active || undefined}
      data-stale={row.stale || undefined}
      onClick={onActivate}
      onContextMenu={onActivate}
      onDoubleClick={() => connect([instance])}
    >
      <StateDot state={instance.state} silent />
      <div className={classes.lines}>
        <div className={classes.name}>{label(instance)}</div>
        <div className={classes.second}>{second.filter(Boolean).join(' · ')}</div>
      </div>
      {roundTrip !== undefined && <span className={classes.second}>{formatMilliseconds(roundTrip, i18n.language)}</span>}
    </div>
  )
}

/** What an open terminal on it has found out. */
function useOpenTerminal(instance: Instance): { login?: string | undefined; roundTrip?: number | undefined } {
  const key = refKey(instance.ref)
  const terminal = useTerminals().find(
    ({ target, phase }) => phase.kind === 'open' && target.kind === 'instance' && refKey(target.ref) === key,
  )
  return { login: terminal?.login?.user, roundTrip: terminal?.roundTripMs }
}

function ProblemLine({ row }: { readonly row: Extract<ListRow, { kind: 'problem' }> }) {
  const { profile, region } = row
  return (
    <div role="treeitem" aria-selected={false} className={classes.problem}>
      <ErrorMessage error={row.error} onRetry={() => void attempt(() => api.inventory.refresh({ profile, ...(region && { region }) }))} />
    </div>
  )
}

function LoadingLine() {
  const { t } = useTranslation()
  return (
    <div role="treeitem" aria-selected={false} aria-label={t('loading')}>
      <LoadingLines />
    </div>
  )
}
