import { ActionIcon, TextInput, Tooltip } from '@mantine/core'
import { type Icon, IconColumns2, IconEye, IconEyeOff, IconPin, IconPinnedOff, IconShieldBolt, IconUpload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useSettings } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'
import { change } from '../settings/change.ts'
import classes from './files.module.css'
import type { Source } from './source.ts'
import type { ViewStore } from './view.ts'

interface Props {
  readonly view: ViewStore
  readonly source: Source
  /** Not the other of two panes. */
  readonly main: boolean
  /** The shell says where it is. */
  readonly canFollow: boolean
  readonly folder: string | undefined
}

/** What is to be seen, and what is done with the folder as a whole. */
export function FilesToolbar({ view, source: { terminalId, host }, main, folder, canFollow }: Props) {
  const { t } = useTranslation('files')
  const filter = useStore(view, (state) => state.filter)
  const asRoot = useStore(view, (state) => state.asRoot)
  const follows = useStore(view, (state) => state.follows)
  const { filesHidden, filesPanes } = useSettings()
  return (
    <div className={classes.tools}>
      <TextInput
        className={classes.filter}
        size="xs"
        type="search"
        variant="unstyled"
        spellCheck={false}
        aria-label={t('filter')}
        placeholder={t('filter')}
        value={filter}
        onChange={(event) => view.setState({ filter: event.currentTarget.value })}
        onKeyDown={(event) => event.key === 'Escape' && view.setState({ filter: '' })}
      />
      {host && folder !== undefined && (
        <Tooltip label={t('upload')}>
          <ActionIcon
            size="sm"
            aria-label={t('upload')}
            onClick={() => openDialog({ kind: 'upload', terminalId, files: [], folder, asRoot })}
          >
            <IconUpload size={14} />
          </ActionIcon>
        </Tooltip>
      )}
      {canFollow && (
        <Switch
          label={t('follow')}
          tip={t(follows ? 'follows' : 'pinned')}
          Icon={follows ? IconPinnedOff : IconPin}
          on={follows}
          onClick={() => view.setState({ follows: !follows })}
        />
      )}
      {host && (
        <Switch
          label={t('asRoot')}
          Icon={IconShieldBolt}
          on={asRoot}
          danger
          onClick={() => view.setState({ asRoot: !asRoot, selected: new Set() })}
        />
      )}
      {main && <Switch label={t('panes.show')} Icon={IconColumns2} on={filesPanes} onClick={() => change({ filesPanes: !filesPanes })} />}
      <Switch
        label={t('showHidden')}
        Icon={filesHidden ? IconEye : IconEyeOff}
        on={filesHidden}
        onClick={() => change({ filesHidden: !filesHidden })}
      />
    </div>
  )
}

interface SwitchProps {
  readonly label: string
  /** Where there is more to say than the label. */
  readonly tip?: string
  readonly Icon: Icon
  readonly on: boolean
  readonly danger?: boolean
  onClick(): void
}

/** Seen to be on from afar: what it does is seen only in the list. */
function Switch({ label, tip = label, Icon, on, danger = false, onClick }: SwitchProps) {
  const look = danger ? { variant: 'filled', color: 'red' } : { variant: 'light', color: 'mooring' }
  return (
    <Tooltip label={tip} multiline={tip !== label} {...(tip === label ? {} : { maw: 240 })}>
      <ActionIcon size="sm" aria-label={label} aria-pressed={on} onClick={onClick} {...(on ? look : {})}>
        <Icon size={14} />
      </ActionIcon>
    </Tooltip>
  )
}
