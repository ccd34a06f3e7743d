import { ActionIcon, TextInput, Tooltip } from '@mantine/core'
import { IconColumns2, IconEye, IconEyeOff, IconPin, IconPinnedOff, IconShieldBolt, IconUpload } from '@tabler/icons-react'
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
  const Eye = filesHidden ? IconEye : IconEyeOff
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
            color="gray"
            aria-label={t('upload')}
            onClick={() => openDialog({ kind: 'upload', terminalId, files: [], folder, asRoot })}
          >
            <IconUpload size={14} />
          </ActionIcon>
        </Tooltip>
      )}
      {canFollow && (
        <Tooltip label={t(follows ? 'follows' : 'pinned')} multiline maw={240}>
          <ActionIcon
            size="sm"
            aria-label={t('follow')}
            aria-pressed={follows}
            {...(follows ? {} : { color: 'gray' })}
            onClick={() => view.setState({ follows: !follows })}
          >
            {follows ? <IconPinnedOff size={14} /> : <IconPin size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
      {host && (
        <Tooltip label={t('asRoot')}>
          <ActionIcon
            size="sm"
            aria-label={t('asRoot')}
            aria-pressed={asRoot}
            color={asRoot ? 'red' : 'gray'}
            variant={asRoot ? 'filled' : 'subtle'}
            onClick={() => view.setState({ asRoot: !asRoot, selected: new Set() })}
          >
            <IconShieldBolt size={14} />
          </ActionIcon>
        </Tooltip>
      )}
      {main && (
        <Tooltip label={t('panes.show')}>
          <ActionIcon
            size="sm"
            aria-label={t('panes.show')}
            aria-pressed={filesPanes}
            variant={filesPanes ? 'light' : 'subtle'}
            {...(filesPanes ? {} : { color: 'gray' })}
            onClick={() => change({ filesPanes: !filesPanes })}
          >
            <IconColumns2 size={14} />
          </ActionIcon>
        </Tooltip>
      )}
      <Tooltip label={t('showHidden')}>
        <ActionIcon
          size="sm"
          aria-label={t('showHidden')}
          aria-pressed={filesHidden}
          {...(filesHidden ? {} : { color: 'gray' })}
          onClick={() => change({ filesHidden: !filesHidden })}
        >
          <Eye size={14} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
