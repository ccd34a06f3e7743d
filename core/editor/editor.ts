import type { Picture } from '../../contract/models/picture.ts'
import type { SaveOutcome, TextFile, TextToSave } from '../../contract/models/text-file.ts'
import type { Files, Where } from '../files/files.ts'
import { type Drafts, openDrafts } from './drafts.ts'
import { readPicture } from './picture.ts'
import { readText } from './read.ts'
import { bytesToSave, save } from './save.ts'

/** Texts on the hosts of terminals. Everything also throws what `Files` throws. */
export interface Editor {
  readonly drafts: Drafts
  open(file: Where & { path: string; large: boolean }): Promise<TextFile>
  picture(file: Where & { path: string }): Promise<Picture>
  save(text: TextToSave): Promise<SaveOutcome>
}

export function createEditor({ files, folder }: { readonly files: Pick<Files, 'on'>; readonly folder: string }): Editor {
  return {
    drafts: openDrafts(folder),
    open: ({ path, large, ...where }) => files.on(where)((channel) => readText(channel, path, large)),
    picture: ({ path, ...where }) => files.on(where)((channel) => readPicture(channel, path)),
    async save({ terminalId, asRoot, ...text }) {
      const bytes = bytesToSave(text)
      return files.on({ terminalId, asRoot })((channel) => save(channel, { ...text, bytes }))
    },
  }
}
