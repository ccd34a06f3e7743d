import type { UserErrorData } from '../../../contract/errors.ts'
import type { Report } from '../progress.ts'
import type { TarNews } from '../tar-lane.ts'

/** What a transfer has told so far, added up. */
export interface Sums {
  readonly bytes: number
  readonly total: number
  /** More may be found still. */
  readonly estimate: boolean
  readonly files: number
  readonly filesDone: number
  readonly skipped: number
  readonly tar?: TarNews
  /** The first few. */
  readonly problems: readonly UserErrorData[]
  readonly problemCount: number
}

const EVERY_MS = 250
const MOST_PROBLEMS = 20

/** Runs `work` and tells its sums a few times a second, and at its end, however it ends. */
export async function telling<Value>(progress: (sums: Sums) => void, work: (report: Report) => Promise<Value>): Promise<Value> {
  const sums: { -readonly [Name in keyof Omit<Sums, 'problems'>]: Sums[Name] } = {
    bytes: 0,
    total: 0,
    estimate: true,
    files: 0,
    filesDone: 0,
    skipped: 0,
    problemCount: 0,
  }
  const problems: UserErrorData[] = []
  const tell = () => progress({ ...sums, problems })
  const timer = setInterval(tell, EVERY_MS)
  try {
    return await work({
      found(files, bytes) {
        sums.files += files
        sums.total += bytes
      },
      scanned: () => {
        sums.estimate = false
      },
      bytes: (count) => {
        sums.bytes += count
      },
      fileDone: () => {
        sums.filesDone += 1
      },
      failed(error) {
        sums.problemCount += 1
        if (problems.length < MOST_PROBLEMS) problems.push(error)
      },
      skipped: () => {
        sums.skipped += 1
      },
      tar(news) {
        sums.tar = news
      },
    })
  } finally {
    clearInterval(timer)
    tell()
  }
}
