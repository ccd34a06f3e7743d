import type { EditorView } from '@codemirror/view'
import type { DockviewPanelApi } from 'dockview-react'
import { useEffect, useRef } from 'react'

/** The view outlives the panel, which is drawn anew whenever its tab comes to the front: where it was scrolled to is put back. */
export function useViewPlace(api: DockviewPanelApi, view: EditorView) {
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
const scrolls = new WeakMap<EditorView, ReturnType<EditorView['scrollSnapshot']>>()
