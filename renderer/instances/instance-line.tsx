// biome-ignore-all lint/a11y/useFocusableInteractive: the tree has the focus, and names the line that it means.

import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import { refKey } from '../api/instances.ts'
import { useLive } from '../api/live.ts'
import { AlertMark, useAlertWords } from '../health/alert.tsx'
import { formatMilliseconds } from '../words/formats.ts'
import { label } from './actions.tsx'
import classes from './instances.module.css'
import { StateDot } from './state-dot.tsx'

interface Props {
  readonly instance: Instance
  readonly id: string
  readonly level: number
  readonly stale: boolean
  readonly active: boolean
}

/** Drawn again only when something of this instance has changed: a list of thousands stays smooth. */
export const InstanceLine = memo(function InstanceLine({ instance, id, level, stale, active }: Props) {
  const { t, i18n } = useTranslation()
  const terminal = useOpenTerminal(instance)
  const address = instance.publicAddress ?? instance.ipv6Address ?? instance.privateAddress
  const alert = useAlertWords(instance.alert)
  const state = t(`states.${instance.state}`)
  const second = instance.state === 'running' ? [terminal?.login?.user, instance.windows && t('windows'), address] : [state]
  return (
    <div
      role="treeitem"
      id={id}
      aria-level={level}
      aria-selected={active}
      aria-label={[label(instance), state, address, ...alert].filter(Boolean).join(', ')}
      className={classes.instance}
      data-active={active || undefined}
      data-stale={stale || undefined}
    >
      <StateDot state={instance.state} />
      <div className={classes.lines}>
        <div className={classes.name}>{label(instance)}</div>
        <div className={classes.second}>{second.filter(Boolean).join(' · ')}</div>
      </div>
      <AlertMark alert={instance.alert} />
      {terminal?.roundTripMs !== undefined && (
        <span className={classes.second}>{formatMilliseconds(terminal.roundTripMs, i18n.language)}</span>
      )}
    </div>
  )
})

/** What an open terminal on it has found out. */
function useOpenTerminal({ ref }: Instance) {
  return useLive(({ terminals }) =>
    terminals.find(({ target, phase }) => phase.kind === 'open' && target.kind === 'instance' && refKey(target.ref) === refKey(ref)),
  )
}
