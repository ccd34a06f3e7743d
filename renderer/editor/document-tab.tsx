import { IconFileText, IconListDetails } from '@tabler/icons-react'
import type { IDockviewPanelHeaderProps } from 'dockview-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { shownName } from '../../contract/shown-name.ts'
import { lastName } from '../files/paths.ts'
import { TabClose } from '../workspace/tab-close.tsx'
import classes from '../workspace/workspace.module.css'
import { closeDocument } from './close.tsx'
import { useDocuments } from './documents.ts'
import own from './editor.module.css'

export function DocumentTab({ api }: IDockviewPanelHeaderProps) {
  const { t } = useTranslation('editor')
  const document = useDocuments(({ documents }) => documents.find(({ key }) => key === api.id))
  const unsaved = useDocuments((state) => state.unsaved.has(api.id))
  const element = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const tab = element.current?.closest<HTMLElement>('[role=tab]')
    const onMiddle = ({ button }: MouseEvent) => button === 1 && closeDocument(api.id)
    tab?.addEventListener('auxclick', onMiddle)
    return () => tab?.removeEventListener('auxclick', onMiddle)
  }, [api])
  if (!document) return undefined
  const Icon = document.follows ? IconListDetails : IconFileText
  return (
    <span
      ref={element}
      className={classes.tab}
      title={`${document.host}: ${shownName(document.path)}${document.asRoot ? ` (${t('asRoot')})` : ''}`}
    >
      <Icon size={14} aria-hidden className={own.tabIcon} data-root={document.asRoot || undefined} />
      <span className={classes.tabName}>{shownName(lastName(document.path))}</span>
      <span className={classes.tabTitle}>{document.host}</span>
      {unsaved && <span className={own.unsaved} role="img" aria-label={t('unsaved.mark')} />}
      <TabClose onClose={() => closeDocument(api.id)} />
    </span>
  )
}
