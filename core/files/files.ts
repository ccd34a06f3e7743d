import type { FileListing } from '../../contract/models/file.ts'
import type { Terminals } from '../terminals/terminals.ts'
import { type Channels, createChannels } from './channels.ts'
import { list } from './list.ts'

/** Files on the hosts of terminals. Every call throws FILES_UNAVAILABLE, FILES_BROKEN or FILE_REFUSED. */
export interface Files {
  readonly channels: Channels
  list(where: { terminalId: string; path?: string | undefined }, signal?: AbortSignal): Promise<FileListing>
  close(terminalId: string): void
}

export function createFiles(terminals: Terminals): Files {
  const channels = createChannels(terminals)
  return {
    channels,
    list: ({ terminalId, path }, signal) => channels.use(terminalId, (channel) => list(channel, path, signal)),
    close: (terminalId) => channels.release(terminalId),
  }
}
