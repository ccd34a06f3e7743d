import type { UserErrorData } from '../../contract/errors.ts'
import type { Conflict, Settled } from './conflicts.ts'
import type { MoveOptions } from './download.ts'
import type { TarNews } from './tar-lane.ts'

/** What a transfer tells while it goes on. */
export interface Report {
  found(files: number, bytes: number): void
  /** Everything has been found: totals are no estimate any more. */
  scanned(): void
  bytes(count: number): void
  fileDone(): void
  /** One file could not be transferred; the others go on. */
  failed(error: UserErrorData): void
  /** A link, or what is neither file nor folder. */
  skipped(): void
  /** Of small files, how they go. */
  tar(news: TarNews): void
}

export interface ItemOptions extends Omit<MoveOptions, 'onBytes'> {
  readonly report: Report
  /** It was tried before: what has been finished then is not asked about. */
  readonly resumed: boolean
  /** Links that stay in their tree are made anew; else all of them are left out. */
  readonly keepLinks: boolean
  /** Asks, or knows. */
  settle(conflict: Conflict): Promise<Settled>
}
