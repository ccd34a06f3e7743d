import type { FileListing, Space } from '../../contract/models/file.ts'
import type { FileOperation, FileProgress } from '../../contract/models/file-operation.ts'
import { localIdOf } from '../../contract/models/local-folder.ts'
import { openDisk } from '../local-files/disk.ts'
import type { LocalFolders } from '../local-files/folders.ts'
import type { Log } from '../log.ts'
import type { Prompts } from '../prompts/prompts.ts'
import type { Terminals } from '../terminals/terminals.ts'
import { openRootChannel } from './as-root.ts'
import { createChannels } from './channels.ts'
import { refusal } from './failures.ts'
import { list } from './list.ts'
import { bytesOf } from './names.ts'
import { run, type Use } from './run.ts'

export interface Where {
  readonly terminalId: string
  readonly asRoot?: boolean | undefined
}

interface FilesServices {
  readonly terminals: Terminals
  readonly prompts: Prompts
  readonly localFolders: LocalFolders
  readonly log: Log
}

/** Files on the hosts of terminals, and in opened folders of this computer. Every call throws FILES_UNAVAILABLE, FILES_BROKEN or FILE_REFUSED. */
export interface Files {
  /** Works on the channel of a host that has those rights. */
  on(where: Where): Use
  list(where: Where & { path?: string | undefined }, signal?: AbortSignal): Promise<FileListing>
  /** What fails is its last state; throws nothing. */
  run(where: Where & { operation: FileOperation }, signal?: AbortSignal): AsyncGenerator<FileProgress, void>
  space(where: Where & { path: string }): Promise<Space | undefined>
  close(terminalId: string): void
}

export function createFiles({ terminals, prompts, localFolders, log }: FilesServices): Files {
  const own = createChannels(terminals)
  const root = createChannels(terminals, (connection, host, terminalId) =>
    openRootChannel(connection, host, async (user, again) => {
      const answer = await prompts.ask({ kind: 'password', user, host, again, canRemember: false }, { terminalId })
      return answer.kind === 'values' ? (answer.values[0] ?? '') : ''
    }),
  )
  const on: Files['on'] =
    ({ terminalId, asRoot }) =>
    (work) =>
      (asRoot ? root : own).use(terminalId, work)
  /** What can be seen and done on this computer, too: no contents of files. */
  const onAny: Files['on'] = (where) => {
    const id = localIdOf(where.terminalId)
    return id === undefined ? on(where) : async (work) => work({ sftp: openDisk(localFolders.pathOf(id)), home: '/', root: false })
  }
  return {
    on,
    list: ({ path, ...where }, signal) => onAny(where)((channel) => list(channel, path, signal)),
    run({ operation, ...where }, signal) {
      const use = onAny(where)
      const known = localIdOf(where.terminalId) === undefined || DONE_HERE.has(operation.kind)
      return run(known ? use : () => Promise.reject(refusal({ path: '/' }, 'unsupported')), operation, signal, log)
    },
    space: ({ path, ...where }) =>
      onAny(where)(async ({ sftp }) => {
        if (!sftp.can('statvfs@openssh.com')) return undefined
        const { total, available } = await sftp.statvfs(bytesOf(path))
        return { total, available }
      }),
    close(terminalId) {
      own.release(terminalId)
      root.release(terminalId)
    },
  }
}

const DONE_HERE = new Set<FileOperation['kind']>(['make-file', 'make-folder', 'move', 'copy', 'delete', 'count'])
