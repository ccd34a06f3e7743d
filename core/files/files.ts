import type { FileListing, Space } from '../../contract/models/file.ts'
import type { FileOperation, FileProgress } from '../../contract/models/file-operation.ts'
import type { Log } from '../log.ts'
import type { Terminals } from '../terminals/terminals.ts'
import { type Channels, createChannels } from './channels.ts'
import { list } from './list.ts'
import { bytesOf } from './names.ts'
import { run } from './run.ts'

interface Where {
  readonly terminalId: string
}

/** Files on the hosts of terminals. Every call throws FILES_UNAVAILABLE, FILES_BROKEN or FILE_REFUSED. */
export interface Files {
  readonly channels: Channels
  list(where: Where & { path?: string | undefined }, signal?: AbortSignal): Promise<FileListing>
  /** What fails is its last state; throws nothing. */
  run(where: Where & { operation: FileOperation }, signal?: AbortSignal): AsyncGenerator<FileProgress, void>
  space(where: Where & { path: string }): Promise<Space | undefined>
  close(terminalId: string): void
}

export function createFiles(terminals: Terminals, log: Log): Files {
  const channels = createChannels(terminals)
  return {
    channels,
    list: ({ terminalId, path }, signal) => channels.use(terminalId, (channel) => list(channel, path, signal)),
    run: ({ terminalId, operation }, signal) => run((work) => channels.use(terminalId, work), operation, signal, log),
    space: ({ terminalId, path }) =>
      channels.use(terminalId, async ({ sftp }) => {
        if (!sftp.can('statvfs@openssh.com')) return undefined
        const { total, available } = await sftp.statvfs(bytesOf(path))
        return { total, available }
      }),
    close: (terminalId) => channels.release(terminalId),
  }
}
