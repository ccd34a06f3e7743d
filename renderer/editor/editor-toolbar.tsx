import { openSearchPanel } from '@codemirror/search'
import { Button } from '@mantine/core'
import { IconDeviceFloppy, IconFileExport, IconSearch, IconTextWrap } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { DocumentPath } from './document-path.tsx'
import type { OpenDocument } from './documents.ts'
import classes from './editor.module.css'
import type { OpenText } from './open-text.ts'
import { askWhere } from './save-as.tsx'
import { saveText } from './save-text.ts'
import { ToolButton } from './tool-button.tsx'

interface Props {
  readonly text: OpenText
  readonly document: OpenDocument
}

export function EditorToolbar({ text, document }: Props) {
  const { t } = useTranslation('editor')
  const { dirty, saving, wrap } = useStore(text.state)
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={t('toolbar')}>
      <DocumentPath document={document} path={text.file().path} />
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
      <ToolButton label={t('saveAs.title')} Icon={IconFileExport} onClick={() => askWhere(text)} />
      <ToolButton label={t('search')} Icon={IconSearch} onClick={() => openSearchPanel(text.text.view)} />
      <ToolButton label={t('wrap')} Icon={IconTextWrap} pressed={wrap} onClick={() => text.setWrap(!wrap)} />
    </div>
  )
}
