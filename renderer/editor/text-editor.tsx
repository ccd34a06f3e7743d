import type { DockviewPanelApi } from 'dockview-react'
import { useEffect, useRef } from 'react'
import { useStore } from 'zustand'
import { useSettings } from '../api/live.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import type { OpenDocument } from './documents.ts'
import classes from './editor.module.css'
import { EditorFoot } from './editor-foot.tsx'
import { EditorNotices } from './editor-notices.tsx'
import { EditorToolbar } from './editor-toolbar.tsx'
import type { OpenText } from './open-text.ts'

interface Props {
  readonly api: DockviewPanelApi
  readonly text: OpenText
  readonly document: OpenDocument
}

/** A text that is open: what can be done with it, itself, and what it is. */
export function TextEditor({ api, text, document }: Props) {
  const { fontSize } = useSettings()
  const conflict = useStore(text.state, (state) => state.conflict)
  const place = usePlace(api, text)
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

/** The view outlives the panel, which is drawn anew whenever its tab comes to the front: where it was scrolled to is put back. */
function usePlace(api: DockviewPanelApi, { text: { view } }: OpenText) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    place.current?.append(view.dom)
    const scrolled = scrolls.get(view)
    if (scrolled) view.dispatch({ effects: scrolled })
    view.requestMeasure()
    const focus = () => {
      if (api.isActive && !document.activeElement?.closest('[role=dialog]')) view.focus()
    }
    const frame = requestAnimationFrame(focus)
    const listener = api.onDidActiveChange(() => requestAnimationFrame(focus))
    return () => {
      scrolls.set(view, view.scrollSnapshot())
      cancelAnimationFrame(frame)
      listener.dispose()
      view.dom.remove()
    }
  }, [api, view])
  return place
}
const scrolls = new WeakMap<OpenText['text']['view'], ReturnType<OpenText['text']['view']['scrollSnapshot']>>()
