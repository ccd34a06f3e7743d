import { IconDeviceDesktop, IconServer2, IconTarget } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TunnelState } from '../../contract/models/tunnel.ts'
import type { DropHere } from './drag.ts'
import { lineOf } from './groups.ts'
import classes from './host-picture.module.css'
import { speedWords } from './speed-words.ts'

interface Props {
  readonly host: string
  readonly tunnels: readonly TunnelState[]
  /** This computer takes databases. */
  readonly drop: DropHere
}

/** All tunnels of a host: three places, and a line between them for each, with its state and what goes through it now. */
export function HostPicture({ host, tunnels, drop }: Props) {
  const { t } = useTranslation('tunnels')
  return (
    <div className={classes.picture}>
      <div className={classes.places}>
        <Place Icon={IconDeviceDesktop} name={t('picture.here')} drop={drop} />
        <Place Icon={IconServer2} name={host} />
        <Place Icon={IconTarget} name={t('picture.targets')} />
      </div>
      <ul className={classes.lines} aria-label={t('picture.all', { host })}>
        {tunnels.map((tunnel) => (
          <TunnelLine key={tunnel.id} tunnel={tunnel} />
        ))}
      </ul>
    </div>
  )
}

function Place({ Icon, name, drop }: { readonly Icon: typeof IconTarget; readonly name: string; readonly drop?: DropHere }) {
  return (
    <div className={classes.place} {...drop}>
      <span className={classes.circle}>
        <Icon size={16} aria-hidden />
      </span>
      <span className={classes.label} title={name}>
        {name}
      </span>
    </div>
  )
}

function TunnelLine({ tunnel }: { readonly tunnel: TunnelState }) {
  const { t, i18n } = useTranslation('tunnels')
  const { name, phase, forward, receiving, sending } = tunnel
  const { outward, here, there = t('picture.anywhere') } = lineOf(forward)
  const moving = receiving + sending > 0
  return (
    <li className={classes.line} data-phase={phase.kind} data-moving={moving || undefined} data-inward={!outward || undefined}>
      <span className={classes.title} title={name}>
        {name}
      </span>
      <span className={classes.state}>{moving ? speedWords(tunnel, t, i18n.language) : t(`picture.phases.${phase.kind}`)}</span>
      <span className={classes.arrow} aria-hidden />
      <span className={classes.end} title={here}>
        {here}
      </span>
      <span className={classes.end} title={there}>
        {there}
      </span>
    </li>
  )
}
