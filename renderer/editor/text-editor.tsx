import type { DockviewPanelApi } from 'dockview-react'
import { useStore } from 'zustand'
import { useSettings } from '../api/live.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import type { OpenDocument } from './documents.ts'
import classes from './editor.module.css'
import { EditorFoot } from './editor-foot.tsx'
import { EditorNotices } from './editor-notices.tsx'
import { EditorToolbar } from './editor-toolbar.tsx'
import type { OpenText } from './open-text.ts'
import { useViewPlace } from './use-view-place.ts'

interface Props {
  readonly api: DockviewPanelApi
  readonly text: OpenText
  readonly document: OpenDocument
}

/** A text that is open: what can be done with it, itself, and what it is. */
export function TextEditor({ api, text, document }: Props) {
  const { fontSize } = useSettings()
  const conflict = useStore(text.state, (state) => state.conflict)
  const place = useViewPlace(api, text.text.view)
  return (
    <>
      <EditorToolbar text={text} document={document} />
      <EditorNotices text={text} document={document} />
      <div ref={place} className={classes.text} style={{ fontSize }} />
      <EditorFoot text={text} />
      {conflict && <ConflictDialog text={text} document={document} conflict={conflict} />}
    </>
  )
}
