import type { Target } from '../../../contract/models/terminal.ts'
import type { PageFile } from '../../../contract/models/transfer.ts'
import type { ReadRequest } from '../../../contract/upload-stream.ts'
import type { Prepared, Reach } from '../../reach/reach.ts'
import type { LoginQuestions, WhoIsAsked } from '../../terminals/questions.ts'
import type { Conflict, Settled } from '../conflicts.ts'
import type { Unfinished } from '../ledger.ts'
import type { Sums } from './sums.ts'

/** The worker that moves files: what the core asks of it, across a port (port-calls.ts). */
export interface Carrier {
  /** A connection to the host, or the one that is there. Throws what `Reach.prepare` and `connect` throw, TRANSFER_NO_SFTP, ROOT_UNAVAILABLE, CANCELLED. */
  lease(host: Host, id: string, signal: AbortSignal): Promise<Link>
  /** The computer or its network was asleep: open connections have to answer. */
  prove(): Promise<void>
  /** What all transfers together may move, bytes a second; 0 is no limit. */
  limit(bytesPerSecond: number): Promise<void>
}

export interface Host {
  readonly target: Target
  /** With root's rights, through sudo. */
  readonly asRoot: boolean
}

/** A host's files. */
export interface Link {
  /** The instance's name or id, or the host. */
  readonly name: string
  /** The folder that a login begins in. */
  readonly home: string
  /** To its end. Throws UserError. */
  move(what: Move, hooks: MoveHooks): Promise<void>
  /** For the browser: a file as it is, a folder as a tar archive. Throws UserError. */
  open(path: string, signal: AbortSignal): Promise<Outflow>
  /** Those that cannot be removed stay. */
  remove(paths: readonly string[]): Promise<void>
  /** The connection ends a moment after the last one has let go. */
  release(): Promise<void>
}

/** Paths of the host are absolute; a folder of this computer is as its host chose it. `removes`: what has arrived is removed where it came from. */
export type Move =
  | { readonly kind: 'download'; readonly path: string; readonly folder: string; readonly removes: boolean }
  | { readonly kind: 'upload'; readonly path: string; readonly folder: string; readonly removes: boolean }
  /** From another host to this one. */
  | {
      readonly kind: 'relay'
      readonly from: Host
      /** In the questions of its login. */
      readonly id: string
      readonly path: string
      readonly folder: string
      readonly removes: boolean
    }
  | {
      readonly kind: 'page-upload'
      readonly files: readonly PageFile[]
      readonly folder: string
      read(request: ReadRequest): Promise<Uint8Array>
    }

export interface MoveHooks {
  /** In the names of unfinished files. */
  readonly job: string
  readonly unfinished: Readonly<Record<string, Unfinished>>
  /** Of a file, by the path that it will have; undefined: there is nothing unfinished any more. */
  note(path: string, value: Unfinished | undefined): void
  readonly signal: AbortSignal
  /** It was tried before. */
  readonly resumed: boolean
  readonly keepLinks: boolean
  /** Whether many small files may go through the host's tar; `askTar` where that is still to be asked. */
  readonly wishTar: 'ask' | 'always' | 'never'
  askTar(): Promise<boolean>
  settle(conflict: Conflict): Promise<Settled>
  /** Of a relay: what the host that it comes from is called, as `Link.name`. */
  cameFrom(name: string): void
  /** A few times a second, and before `move` ends. */
  progress(sums: Sums): void
}

export interface Outflow {
  readonly kind: 'file' | 'folder'
  /** Of a file. */
  readonly size: number
  /** `push` returns when there is room for more. */
  pour(push: (bytes: Buffer) => Promise<void>, progress: (sums: Sums) => void): Promise<void>
}

/** For which transfer something is asked, and until when. */
interface Who {
  readonly terminalId: string
  readonly signal: AbortSignal
}

/** What the worker asks of the core, where everything is that only the core knows: keys, secrets, host keys, and the person. */
export interface CoreSide {
  readonly environment: Readonly<Record<string, string | undefined>>
  prepare(target: Target, who: Who): Promise<Prepared>
  remember: Reach['remember']
  questions(asked: WhoIsAsked): Promise<LoginQuestions>
  /** The password of the login, for sudo. */
  askForRoot(asked: { readonly user: string; readonly host: string; readonly again: boolean } & Who): Promise<string>
  log(level: 'info' | 'warn' | 'error', values: readonly unknown[]): void
}
