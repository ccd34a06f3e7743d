import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconArrowUp, IconHome, IconRefresh, type TablerIcon } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { shownName } from '../../contract/shown-name.ts'
import classes from './files.module.css'
import { PathInput } from './path-input.tsx'
import { lastName, parentOf, shortPath } from './paths.ts'
import type { Folder } from './use-folder.ts'
import { goBack, goForward, goTo, type ViewStore } from './view.ts'

interface Props {
  readonly terminalId: string
  readonly view: ViewStore
  readonly folder: Folder
}

/** Where one is, and the ways to where one was and what is above. */
export function PathBar({ terminalId, view, folder: { listing, error, refresh } }: Props) {
  const { t } = useTranslation('files')
  const { path: asked, back, forward } = useStore(view)
  const here = error ? (asked ?? '~') : (listing?.path ?? asked)
  const up = here === undefined ? undefined : parentOf(here)
  const shown = here === undefined ? '' : shownName(listing && listing.by !== 'local' ? shortPath(here, listing.home) : here)
  return (
    <div className={classes.path} role="toolbar" aria-label={t('where')}>
      <BarButton label={t('back')} Icon={IconArrowLeft} disabled={back.length === 0} onClick={() => goBack(view)} />
      <BarButton label={t('forward')} Icon={IconArrowRight} disabled={forward.length === 0} onClick={() => goForward(view)} />
      <BarButton
        label={t('up')}
        Icon={IconArrowUp}
        disabled={up === undefined}
        onClick={() => here !== undefined && goTo(view, up, lastName(here))}
      />
      <PathInput terminalId={terminalId} view={view} here={here} shown={shown} />
      <BarButton label={t('home')} Icon={IconHome} onClick={() => goTo(view, undefined)} />
      <BarButton label={t('refresh')} Icon={IconRefresh} onClick={refresh} />
    </div>
  )
}

interface ButtonProps {
  readonly label: string
  readonly Icon: TablerIcon
  readonly disabled?: boolean
  onClick(): void
}

function BarButton({ label, Icon, disabled = false, onClick }: ButtonProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" aria-label={label} disabled={disabled} onClick={onClick}>
        <Icon size={14} />
      </ActionIcon>
    </Tooltip>
  )
}
