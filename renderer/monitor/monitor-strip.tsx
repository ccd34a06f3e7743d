import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconListDetails, IconX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HostMetrics } from '../../contract/models/monitor.ts'
import { useSettings } from '../api/live.ts'
import { change } from '../settings/change.ts'
import { formatBytes, formatNumber, formatShare } from '../words/formats.ts'
import classes from './monitor.module.css'
import { ProcessesDialog } from './processes-dialog.tsx'
import { Sparkline } from './sparkline.tsx'
import { useMonitor } from './use-monitor.ts'
import { fullestDisk, isNearlyFull, uptimeWords } from './words.ts'

interface Props {
  readonly terminalId: string
  readonly name: string
  /** Nobody looks at a host for a tab that is not seen. */
  readonly visible: boolean
}

/** Below a terminal: how its host is doing. */
export function MonitorStrip(props: Props) {
  const { monitor } = useSettings()
  return monitor ? <Strip {...props} /> : undefined
}

function Strip({ terminalId, name, visible }: Props) {
  const { t } = useTranslation('monitor')
  const [attempt, setAttempt] = useState(0)
  const [processes, setProcesses] = useState(false)
  const { state, history } = useMonitor(terminalId, visible, attempt)
  return (
    <section className={classes.strip} aria-label={t('title', { name })}>
      {state.kind === 'on' && <Figures metrics={state.metrics} history={history} />}
      {state.kind === 'starting' && <span className={classes.note}>{t('starting')}</span>}
      {state.kind === 'off' && (
        <span className={classes.note}>
          {t(`off.${state.reason}`)}
          {state.reason !== 'unsupported' && (
            <button type="button" className={classes.again} onClick={() => setAttempt(attempt + 1)}>
              {t('again')}
            </button>
          )}
        </span>
      )}
      <span className={classes.end}>
        {state.kind === 'on' && <StripButton label={t('processes.open')} Icon={IconListDetails} onClick={() => setProcesses(true)} />}
        <StripButton label={t('hide')} Icon={IconX} onClick={() => change({ monitor: false })} />
      </span>
      {processes && <ProcessesDialog terminalId={terminalId} name={name} onClose={() => setProcesses(false)} />}
    </section>
  )
}

function StripButton({ label, Icon, onClick }: { readonly label: string; readonly Icon: typeof IconX; onClick(): void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size={20} aria-label={label} onClick={onClick}>
        <Icon size={14} />
      </ActionIcon>
    </Tooltip>
  )
}

function Figures({ metrics, history }: { readonly metrics: HostMetrics; readonly history: readonly HostMetrics[] }) {
  const { t, i18n } = useTranslation('monitor')
  const { cpu, cores, memory, swap, network, load, users, uptimeSeconds } = metrics
  const share = (value: number) => formatShare(value, i18n.language)
  const bytes = (value: number) => formatBytes(value, i18n.language)
  const rate = (value: number) => t('rate', { bytes: bytes(value) })
  const past = (value: (look: HostMetrics) => number | undefined) => history.flatMap((look) => value(look) ?? [])
  const disk = fullestDisk(metrics)
  const swapped = swap && t('swap', { used: bytes(swap.used), total: bytes(swap.total) })
  return (
    <dl className={classes.figures}>
      {cpu !== undefined && (
        <Figure
          label={t('cpu')}
          title={cores && t('cores', { count: cores })}
          graph={<Sparkline values={past((look) => look.cpu)} most={1} />}
        >
          {share(cpu)}
        </Figure>
      )}
      {memory && (
        <Figure
          label={t('memory')}
          title={swapped}
          graph={<Sparkline values={past((look) => look.memory && look.memory.used / look.memory.total)} most={1} />}
        >
          {t('ofTotal', { used: bytes(memory.used), total: bytes(memory.total) })}
        </Figure>
      )}
      {disk && (
        <Figure
          label={t('disk')}
          warn={isNearlyFull(disk)}
          title={metrics.disks
            .map(({ mount, used, total }) => `${mount}  ${t('ofTotal', { used: bytes(used), total: bytes(total) })}`)
            .join('\n')}
        >
          {isNearlyFull(disk) ? t('full', { mount: disk.mount, percent: share(disk.used / disk.total) }) : share(disk.used / disk.total)}
        </Figure>
      )}
      {network && (
        <Figure
          label={t('network')}
          graph={<Sparkline values={past((look) => look.network && look.network.received + look.network.sent)} />}
        >
          <IconArrowDown size={12} aria-label={t('received')} role="img" />
          {rate(network.received)}
          <IconArrowUp size={12} aria-label={t('sent')} role="img" />
          {rate(network.sent)}
        </Figure>
      )}
      {load && (
        <Figure label={t('load')} title={t('loads', { one: load[0], five: load[1], fifteen: load[2] })}>
          {formatNumber(load[0], i18n.language)}
        </Figure>
      )}
      {users !== undefined && users > 0 && <Figure>{t('users', { count: users })}</Figure>}
      {uptimeSeconds !== undefined && <Figure>{t('up', { time: uptimeWords(uptimeSeconds, t) })}</Figure>}
    </dl>
  )
}

interface FigureProps {
  readonly label?: string
  readonly title?: string | 0 | undefined
  readonly graph?: ReactNode
  readonly warn?: boolean
  readonly children: ReactNode
}

function Figure({ label, title, graph, warn = false, children }: FigureProps) {
  return (
    <div className={classes.figure} title={title || undefined} data-warn={warn || undefined}>
      {label && <dt>{label}</dt>}
      {graph}
      <dd>{children}</dd>
    </div>
  )
}
