import { cancelled, isUserError } from '../user-error.ts'
import type { MoveOptions } from './download.ts'
import type { Remote } from './remote.ts'

/** One file. A small one takes a place among many; a large one fills the channels by itself, so they come one after the other. */
export interface Task {
  readonly small: boolean
  run(sftp: Remote): Promise<void>
}

/** Beyond this the scan waits for the transfer. */
const MOST_WAITING = 50_000
/** From here on further connections are worth their opening. */
const MANY = 200

/**
 * Runs tasks while `scan` still finds them. What a task throws ends everything (CANCELLED as soon as `signal` aborts); a file's own
 * failure is for the task to note.
 */
export async function runTasks(
  { lanes, signal, tar }: Pick<MoveOptions, 'lanes' | 'signal' | 'tar'>,
  scan: (add: (task: Task) => Promise<void>) => Promise<void>,
): Promise<void> {
  if (signal.aborted) throw cancelled()
  const small: Task[] = []
  const large: Task[] = []
  const finished = Promise.withResolvers<void>()
  let room = Promise.withResolvers<void>()
  let [smallRunning, largeRunning, turn, stopped, scanned] = [0, 0, 0, false, false]

  function fail(error: unknown) {
    stopped = true
    finished.reject(error)
    room.resolve()
  }
  async function run(task: Task) {
    if (task.small) smallRunning += 1
    else largeRunning += 1
    try {
      const open = lanes.open.value.filter((sftp) => !sftp.ended)
      await task.run((task.small && open[turn++ % open.length]) || lanes.first)
    } catch (error) {
      fail(error)
    }
    if (task.small) smallRunning -= 1
    else largeRunning -= 1
    startDue()
  }
  function startDue() {
    while (!stopped && smallRunning < (tar?.atOnce ?? lanes.plan.smallFilesAtOnce)) {
      const task = small.shift()
      if (!task) break
      void run(task)
    }
    if (!stopped && largeRunning === 0) {
      const task = large.shift()
      if (task) void run(task)
    }
    if (small.length + large.length < MOST_WAITING) {
      room.resolve()
      room = Promise.withResolvers()
    }
    if (scanned && small.length + large.length + smallRunning + largeRunning === 0) finished.resolve()
  }
  async function add(task: Task) {
    if (stopped) throw cancelled()
    const queue = task.small ? small : large
    queue.push(task)
    if (small.length > MANY) lanes.widen()
    const full = small.length + large.length >= MOST_WAITING
    const { promise } = room
    startDue()
    if (full) await promise
  }

  const onAbort = () => fail(cancelled())
  signal.addEventListener('abort', onAbort)
  const scanning = scan(add).then(() => {
    scanned = true
    startDue()
  }, fail)
  try {
    await finished.promise
    await scanning
  } finally {
    stopped = true
    signal.removeEventListener('abort', onAbort)
  }
}

/** Nothing can go on after it; any other failure is one file's own. */
export function endsAll(error: unknown): boolean {
  if (isUserError(error, 'TRANSFER_SERVER_BROKEN')) return error.details.problem !== 'endless'
  return ENDING.some((code) => isUserError(error, code))
}
const ENDING = ['CANCELLED', 'CONNECTION_LOST', 'TRANSFER_NO_SPACE', 'TRANSFER_PAGE_GONE'] as const

/** So many at once, in the order they came. */
export function createLimit(most: number): <Value>(work: () => Promise<Value>) => Promise<Value> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
