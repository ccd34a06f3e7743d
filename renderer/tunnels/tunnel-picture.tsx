import { IconDeviceDesktop, IconServer2, IconTarget } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Forward, TunnelPhase } from '../../contract/models/tunnel.ts'
import type { DropHere } from './drag.ts'
import { stationsOf } from './stations.ts'
import classes from './tunnels.module.css'

interface Props {
  readonly forward: Forward
  /** What it goes through, as a person knows it. */
  readonly host: string
  readonly phase?: TunnelPhase['kind']
  /** This computer takes databases. */
  readonly drop?: DropHere
}

const ICONS = { here: IconDeviceDesktop, host: IconServer2, target: IconTarget } as const

/** Which way a connection goes: from where something listens to where it ends. */
export function TunnelPicture({ forward, host, phase, drop }: Props) {
  const { t } = useTranslation('tunnels')
  const names = { here: t('picture.here'), host, target: t(forward.kind === 'dynamic' ? 'picture.anywhere' : 'picture.target') }
  return (
    <ol className={classes.picture} data-phase={phase} aria-label={t('picture.title')}>
      {stationsOf(forward).map(({ place, at }) => {
        const Icon = ICONS[place]
        return (
          <li key={place} className={classes.station} {...(place === 'here' && drop)}>
            <span className={classes.circle}>
              <Icon size={16} aria-hidden />
            </span>
            <span className={classes.place} title={names[place]}>
              {names[place]}
            </span>
            {at && (
              <>
                <span className={classes.address} title={at.host}>
                  {at.host}
                </span>
                <span className={classes.port}>{t('picture.port', { port: at.port })}</span>
              </>
            )}
          </li>
        )
      })}
    </ol>
  )
}
