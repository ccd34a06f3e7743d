// biome-ignore-all lint/a11y/useFocusableInteractive: the tree has the focus, and names the line that it means.

import { Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconClock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { RegionInventory } from '../../contract/models/instance.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { ErrorMessage } from '../app/error-message.tsx'
import { formatMoment, formatNumber } from '../words/formats.ts'
import { InstanceLine } from './instance-line.tsx'
import classes from './instances.module.css'
import type { ListRow } from './list-rows.ts'
import { LoadingLines } from './loading-lines.tsx'
import { useRegionName } from './region-name.ts'

interface Props<Row extends ListRow = ListRow> {
  readonly row: Row
  readonly id: string
  readonly active: boolean
}

/** One line of the tree. What a click does is the tree's. */
export function ListLine({ row, id, active }: Props) {
  switch (row.kind) {
    case 'profile':
    case 'region':
      return <GroupLine row={row} id={id} active={active} />
    case 'instance':
      return <InstanceLine instance={row.instance} id={id} level={row.level} stale={row.stale} active={active} />
    case 'problem':
      return <ProblemLine row={row} />
    case 'loading':
      return <LoadingLine />
  }
}

function GroupLine({ row, id, active }: Props<Extract<ListRow, { kind: 'profile' | 'region' }>>) {
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
    >
      <Chevron size={13} aria-hidden />
      <span className={classes.groupName}>{name.filter(Boolean).join(' · ')}</span>
      {row.kind === 'region' && <AsOf region={row.region} />}
      <span>{formatNumber(row.count, i18n.language)}</span>
    </div>
  )
}

function AsOf({ region }: { readonly region: RegionInventory }) {
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

function ProblemLine({ row: { profile, region, error } }: { readonly row: Extract<ListRow, { kind: 'problem' }> }) {
  const again = () => void attempt(() => api.inventory.refresh({ profile, ...(region && { region }) }))
  return (
    <div role="treeitem" aria-selected={false} className={classes.problem}>
      <ErrorMessage error={error} onRetry={again} />
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
