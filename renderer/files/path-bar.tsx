import { ActionIcon, TextInput, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconArrowUp, IconHome, IconRefresh, type TablerIcon } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { shownName } from '../../contract/shown-name.ts'
import classes from './files.module.css'
import { lastName, parentOf, shortPath, typedPath } from './paths.ts'
import type { Folder } from './use-folder.ts'
import { goBack, goForward, goTo, type ViewStore } from './view.ts'

interface Props {
  readonly view: ViewStore
  readonly folder: Folder
}

/** Where one is; to be typed over, or left for where one was and what is above. */
export function PathBar({ view, folder: { listing, error, refresh } }: Props) {
  const { t } = useTranslation('files')
  const { path: asked, back, forward } = useStore(view)
  const [typed, setTyped] = useState<string>()
  const here = error ? (asked ?? '~') : (listing?.path ?? asked)
  const up = here === undefined ? undefined : parentOf(here)
  const shown = here === undefined ? '' : shownName(listing ? shortPath(here, listing.home) : here)

  function go() {
    if (typed === undefined || typed === shown) return setTyped(undefined)
    setTyped(undefined)
    if (typed.trim() !== '') goTo(view, typedPath(typed, here ?? '~'))
  }
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
      <TextInput
        className={classes.pathInput}
        size="xs"
        variant="filled"
        spellCheck={false}
        autoComplete="off"
        aria-label={t('path')}
        title={here && shownName(here)}
        value={typed ?? shown}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={() => setTyped(undefined)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') go()
          if (event.key === 'Escape') setTyped(undefined)
        }}
      />
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
