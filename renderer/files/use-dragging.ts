import { type DragEvent, useState } from 'react'
import { type FileEntry, isPlainName } from '../../contract/models/file.ts'
import { rowOf } from '../instances/row-of.ts'
import { sameHost } from '../transfers/actions.ts'
import { bring, type Held, type Place, useHeld } from './actions.tsx'
import { isFolder } from './order.ts'
import { joinPath } from './paths.ts'

/** Says what is dragged; what it is stays in this page. */
const TYPE = 'application/x-mooring-files'

/** Entries that are dragged onto a folder of the list, or from another list onto this one. Ctrl copies. */
export function useDragging(place: Place, entries: readonly FileEntry[]) {
  const [over, setOver] = useState<string>()
  /** The folder that it would go to; undefined where it can go to none. */
  function targetOf(event: DragEvent) {
    const held = useHeld.getState().dragged
    if (!held) return undefined
    const here = sameHost(held.terminalId, place.terminalId)
    const entry = entries[rowOf(event) ?? -1]
    const into =
      entry && isFolder(entry) && isPlainName(entry.name) && !(here && held.folder === place.path && held.names.includes(entry.name))
    if (into) return { held, path: joinPath(place.path, entry.name), name: entry.name }
    return here && held.folder === place.path ? undefined : { held, path: place.path, name: undefined }
  }
  /** Between hosts a drag copies, as between disks; Shift moves. */
  function howOf(event: DragEvent, held: Held): Held['how'] {
    if (sameHost(held.terminalId, place.terminalId)) return event.ctrlKey ? 'copy' : 'move'
    return event.shiftKey ? 'move' : 'copy'
  }
  const end = () => {
    setOver(undefined)
    useHeld.setState({ dragged: undefined })
  }
  const listeners = {
    onDragStart(event: DragEvent) {
      const name = entries[rowOf(event) ?? -1]?.name
      if (name === undefined || !isPlainName(name)) return event.preventDefault()
      const { selected, asRoot } = place.view.getState()
      const names = selected.has(name) ? [...selected].filter(isPlainName) : [name]
      event.dataTransfer.setData(TYPE, '')
      event.dataTransfer.effectAllowed = 'copyMove'
      useHeld.setState({ dragged: { terminalId: place.terminalId, folder: place.path, names, how: 'move', asRoot } })
    },
    onDragOver(event: DragEvent) {
      const target = targetOf(event)
      setOver(target?.name)
      if (!target) return
      event.preventDefault()
      event.dataTransfer.dropEffect = howOf(event, target.held)
    },
    onDrop(event: DragEvent) {
      const target = targetOf(event)
      end()
      if (!target) return
      event.preventDefault()
      void bring(place, { ...target.held, how: howOf(event, target.held) }, target.path)
    },
    onDragLeave: () => setOver(undefined),
    onDragEnd: end,
  }
  return { over, listeners }
}
