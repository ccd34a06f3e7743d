import { IconDeviceDesktop, IconServer2, IconShield, IconTerminal2 } from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import type { RouteHop } from '../../contract/models/reach.ts'
import type { HopState } from './hop-states.ts'
import classes from './route.module.css'

interface Props {
  readonly route: readonly RouteHop[]
  /** What it leads to. */
  readonly host: string
  /** One for each hop and the host, while it is being gone. */
  readonly states?: readonly HopState[]
}

/** This computer, what the bytes go through, and the host. */
export function HopPicture({ route, host, states }: Props) {
  const { t } = useTranslation('ssh')
  return (
    <ol className={classes.hops} aria-label={t('route.title')}>
      <li className={classes.hop}>
        <Station Icon={IconDeviceDesktop} name={t('route.here')} />
      </li>
      {route.map((hop, index) => (
        <li key={`${index} ${hop.name}`} className={classes.hop} data-state={states?.[index]}>
          <Station
            Icon={ICONS[hop.kind]}
            name={hop.name}
            title={`${hop.detail}\n${t(`route.reason.${hop.reason}`)}`}
            detail={
              hop.kind === 'jump' ? t('route.jump') : hop.kind === 'proxy' ? t('route.proxy', { kind: hop.detail }) : t('route.command')
            }
            state={states?.[index]}
          />
        </li>
      ))}
      <li className={classes.hop} data-state={states?.[route.length]}>
        <Station Icon={IconTerminal2} name={host} state={states?.[route.length]} />
      </li>
    </ol>
  )
}

const ICONS = { jump: IconServer2, proxy: IconShield, command: IconTerminal2 } as const

interface StationProps {
  readonly Icon: ComponentType<{ size: number; 'aria-hidden': true }>
  readonly name: string
  readonly detail?: string
  readonly title?: string
  readonly state?: HopState | undefined
}

function Station({ Icon, name, detail, title, state }: StationProps) {
  const { t } = useTranslation('ssh')
  return (
    <span className={classes.station} title={title}>
      <span className={classes.icon}>
        <Icon size={18} aria-hidden />
      </span>
      <span className={classes.name}>{name}</span>
      {detail && <span className={classes.detail}>{detail}</span>}
      {state && <span className={classes.unseen}>{t(`route.state.${state}`)}</span>}
    </span>
  )
}
