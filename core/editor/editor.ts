import type { SaveOutcome, TextFile, TextToSave } from '../../contract/models/text-file.ts'
import type { Channels } from '../files/channels.ts'
import { type Drafts, openDrafts } from './drafts.ts'
import { readText } from './read.ts'
import { bytesToSave, save } from './save.ts'

/** Texts on the hosts of terminals. Everything also throws what `Channels` throws. */
export interface Editor {
  readonly drafts: Drafts
  open(file: { terminalId: string; path: string; large: boolean }): Promise<TextFile>
  save(text: TextToSave): Promise<SaveOutcome>
}

export function createEditor({ channels, folder }: { readonly channels: Channels; readonly folder: string }): Editor {
  return {
    drafts: openDrafts(folder),
    open: ({ terminalId, path, large }) => channels.use(terminalId, (channel) => readText(channel, path, large)),
    async save({ terminalId, ...text }) {
      const bytes = bytesToSave(text)
      return channels.use(terminalId, (channel) => save(channel, { ...text, bytes }))
    },
  }
}
