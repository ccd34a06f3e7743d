import { ActionIcon, TextInput, Tooltip } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useSettings } from '../api/live.ts'
import { change } from '../settings/change.ts'
import classes from './files.module.css'
import type { ViewStore } from './view.ts'

/** What is to be seen, and what is done with the folder as a whole. Transfers into it have their place here as well. */
export function FilesToolbar({ view }: { readonly view: ViewStore }) {
  const { t } = useTranslation('files')
  const filter = useStore(view, (state) => state.filter)
  const { filesHidden } = useSettings()
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
