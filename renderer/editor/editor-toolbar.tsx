import { openSearchPanel } from '@codemirror/search'
import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconDeviceFloppy, IconFileExport, IconSearch, IconTextWrap } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { shownName } from '../../contract/shown-name.ts'
import type { OpenDocument } from './documents.ts'
import classes from './editor.module.css'
import type { OpenText } from './open-text.ts'
import { saveText } from './open-text.ts'
import { askWhere } from './save-as.tsx'

interface Props {
  readonly text: OpenText
  readonly document: OpenDocument
}

export function EditorToolbar({ text, document }: Props) {
  const { t } = useTranslation('editor')
  const { dirty, saving, wrap } = useStore(text.state)
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t('toolbar')}>
      <span className={classes.path} title={shownName(text.file().path)}>
        <span className={classes.host}>{document.host}</span>
        <bdi>{shownName(text.file().path)}</bdi>
      </span>
      <Button
        size="compact-xs"
        variant={dirty ? 'filled' : 'default'}
        leftSection={<IconDeviceFloppy size={14} />}
        loading={saving}
        disabled={!dirty}
        onClick={() => void saveText(text)}
      >
        {t('save')}
      </Button>
      <Tooltip label={t('saveAs.title')}>
        <ActionIcon size="sm" aria-label={t('saveAs.title')} onClick={() => askWhere(text)}>
          <IconFileExport size={15} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('search')}>
        <ActionIcon size="sm" aria-label={t('search')} onClick={() => openSearchPanel(text.text.view)}>
          <IconSearch size={15} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('wrap')}>
        <ActionIcon
          size="sm"
          aria-label={t('wrap')}
          aria-pressed={wrap}
          variant={wrap ? 'light' : 'subtle'}
          onClick={() => text.setWrap(!wrap)}
        >
          <IconTextWrap size={15} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}
