import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core'
import { IconCopyPlus, IconDotsVertical, IconEdit, IconExternalLink, IconPlayerPlay, IconPlayerStop, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { TunnelState } from '../../contract/models/tunnel.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { errorSentence } from '../app/error-words.ts'
import { openLink } from '../host/desktop.ts'
import { formatBytes, formatNumber } from '../words/formats.ts'
import { duplicate, remove, start, startOnPort, stop } from './actions.tsx'
import { browserAddress } from './browse.ts'
import type { DropHere } from './drag.ts'
import { editTunnel } from './edit-tunnel.tsx'
import { speedWords } from './speed-words.ts'
import { TunnelPicture } from './tunnel-picture.tsx'
import classes from './tunnels.module.css'
import { useHostLabel } from './use-host-label.ts'

interface Props {
  readonly tunnel: TunnelState
  /** What its picture's first place takes; without it there is a picture of the whole host. */
  readonly drop: DropHere | undefined
}

export function TunnelRow({ tunnel, drop }: Props) {
  const { t, i18n } = useTranslation('tunnels')
  const host = useHostLabel(tunnel.target)
  const { name, phase, forward, trouble } = tunnel
  const address = phase.kind === 'open' ? browserAddress(tunnel) : undefined
  return (
    <li className={classes.row} aria-label={name}>
      <div className={classes.head}>
        <span className={classes.dot} data-phase={phase.kind} aria-hidden />
        <span className={classes.name} title={name}>
          {name}
        </span>
        <Switch tunnel={tunnel} />
        <More tunnel={tunnel} />
      </div>
      {drop && <TunnelPicture forward={forward} host={host} phase={phase.kind} drop={drop} />}
      <Status tunnel={tunnel} />
      {trouble && <p className={classes.trouble}>{errorSentence(trouble, i18n.t, i18n.language)}</p>}
      {address && (
        <Button
          mt={8}
          size="compact-sm"
          variant="light"
          leftSection={<IconExternalLink size={14} />}
          title={address}
          onClick={() => openLink(address)}
        >
          {t('browse')}
        </Button>
      )}
    </li>
  )
}

function Switch({ tunnel }: { readonly tunnel: TunnelState }) {
  const { t } = useTranslation('tunnels')
  const { name, phase } = tunnel
  const stopped = phase.kind === 'stopped' || phase.kind === 'failed'
  const label = t(stopped ? 'start' : 'stop', { name })
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" aria-label={label} onClick={() => (stopped ? start(tunnel) : stop(tunnel))}>
        {stopped ? <IconPlayerPlay size={15} /> : <IconPlayerStop size={15} />}
      </ActionIcon>
    </Tooltip>
  )
}

function More({ tunnel }: { readonly tunnel: TunnelState }) {
  const { t } = useTranslation('tunnels')
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size="sm" aria-label={t('more', { name: tunnel.name })}>
          <IconDotsVertical size={15} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconEdit size={16} />} onClick={() => editTunnel(tunnel)}>
          {t('edit')}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopyPlus size={16} />} onClick={() => duplicate(tunnel)}>
          {t('duplicate')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={() => void remove(tunnel)}>
          {t('remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

/** In words what the dot says by its colour, what goes through, and what went wrong. */
function Status({ tunnel }: { readonly tunnel: TunnelState }) {
  const { t, i18n } = useTranslation('tunnels')
  const { phase, connections, received, sent } = tunnel
  const { language } = i18n
  if (phase.kind === 'failed') {
    const next = phase.error.code === 'PORT_TAKEN' || phase.error.code === 'PORT_NOT_ALLOWED' ? phase.error.details.next : undefined
    return (
      <div className={classes.status}>
        <ErrorMessage
          error={phase.error}
          instance={tunnel.target.kind === 'instance' ? tunnel.target.ref : undefined}
          onRetry={() => start(tunnel)}
        >
          {next && (
            <Button size="compact-sm" onClick={() => startOnPort(tunnel, next)}>
              {t('usePort', { port: next })}
            </Button>
          )}
        </ErrorMessage>
      </div>
    )
  }
  return (
    <>
      <p className={classes.status}>
        <span role="status">{t(`phases.${phase.kind}`)}</span>
        {phase.kind === 'open' && ` · ${t('connections', { count: connections, number: formatNumber(connections, language) })}`}
      </p>
      {phase.kind === 'open' && (
        <p className={classes.figures}>
          {[
            t('received', { size: formatBytes(received, language) }),
            t('sent', { size: formatBytes(sent, language) }),
            tunnel.receiving + tunnel.sending > 0 && speedWords(tunnel, t, language),
          ]
            .filter(Boolean)
            .join(' · ')}
        </p>
      )}
      {phase.kind === 'lost' && <p className={classes.trouble}>{errorSentence(phase.error, i18n.t, language)}</p>}
    </>
  )
}
