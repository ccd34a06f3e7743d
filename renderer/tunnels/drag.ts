import { type DragEvent, useState } from 'react'
import { create } from 'zustand'
import type { Database } from '../../contract/models/database.ts'

/** Says what is dragged; what it is stays in this page. `from`: the host beside which it is, by its group's key. */
const TYPE = 'application/x-mooring-database'
interface Dragged {
  readonly from: string
  readonly database: Database
}
const useDragged = create<{ readonly dragged: Dragged | undefined }>(() => ({ dragged: undefined }))

export function dragListeners(dragged: Dragged) {
  return {
    draggable: true,
    onDragStart(event: DragEvent) {
      event.dataTransfer.setData(TYPE, '')
      event.dataTransfer.effectAllowed = 'link'
      useDragged.setState({ dragged })
    },
    onDragEnd: () => useDragged.setState({ dragged: undefined }),
  }
}

/** This computer in the picture of a host: the databases beside that host can be dropped on it. */
export function useDropHere(from: string, onDrop: (database: Database) => void) {
  const dragged = useDragged((state) => state.dragged)
  const [over, setOver] = useState(false)
  const wanted = dragged?.from === from ? dragged.database : undefined
  return {
    'data-drop': wanted ? (over ? 'over' : 'wanted') : undefined,
    onDragOver(event: DragEvent) {
      if (!wanted) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'link'
      setOver(true)
    },
    onDragLeave: () => setOver(false),
    onDrop(event: DragEvent) {
      setOver(false)
      if (!wanted) return
      event.preventDefault()
      useDragged.setState({ dragged: undefined })
      onDrop(wanted)
    },
  }
}
export type DropHere = ReturnType<typeof useDropHere>
