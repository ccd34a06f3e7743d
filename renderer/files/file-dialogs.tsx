import { useStore } from 'zustand'
import type { FileEntry, FileListing } from '../../contract/models/file.ts'
import { make, type Place } from './actions.tsx'
import { compressSelected } from './archives.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { NameDialog } from './name-dialog.tsx'
import { PropertiesDialog } from './properties-dialog.tsx'

interface Props {
  readonly place: Place
  readonly listing: FileListing
  /** What is selected. */
  readonly entries: readonly FileEntry[]
}

/** The dialog that was asked for, by a key or a menu. */
export function FileDialogs({ place, listing, entries }: Props) {
  const dialog = useStore(place.view, (state) => state.dialog)
  const onClose = () => place.view.setState({ dialog: undefined })
  switch (dialog) {
    case 'make-file':
    case 'make-folder':
      return <NameDialog what={dialog} onClose={onClose} onName={(name) => void make(place, dialog, name)} />
    case 'compress':
      return (
        entries.length > 0 && (
          <NameDialog
            what="compress"
            onClose={onClose}
            onName={(name) => void compressSelected(place, entries, name)}
            start={`${entries.length === 1 ? entries[0]?.name : 'archive'}.tar.gz`}
          />
        )
      )
    case 'delete':
      return entries.length > 0 && <DeleteDialog place={place} entries={entries} onClose={onClose} />
    case 'properties':
      return entries.length > 0 && <PropertiesDialog place={place} listing={listing} entries={entries} onClose={onClose} />
    default:
      return undefined
  }
}
