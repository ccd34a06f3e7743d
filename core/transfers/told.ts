import { basename, posix } from 'node:path'
import type { Transfer } from '../../contract/models/transfer.ts'
import type { Sums } from './carrier/sums.ts'
import { shownName } from './names.ts'
import { createRate, secondsLeft } from './rate.ts'
import type { Stored } from './stored.ts'

export const NOTHING_YET = { bytes: 0, total: 0, estimate: true, files: 0, filesDone: 0, skipped: 0, problems: [], took: 0 }

type Described = Pick<Transfer, 'direction' | 'name' | 'count' | 'host' | 'folder' | 'byBrowser' | 'asRoot'>

/** What is to be done, as people may see it. */
export function described({ order, host }: Stored): Described {
  const common = { host, byBrowser: false, count: 1, asRoot: order.asRoot === true }
  if (order.kind === 'download') {
    return { ...common, direction: 'download', name: shownName(posix.basename(order.path)), folder: shownName(basename(order.folder)) }
  }
  const folder = shownName(order.folder ?? '~')
  if (order.kind === 'upload') return { ...common, direction: 'upload', name: shownName(basename(order.path)), folder }
  if (order.kind === 'relay') {
    const to = shownName(`${host}:${order.folder}`)
    return { ...common, direction: 'relay', name: shownName(posix.basename(order.path)), host: order.from.host, folder: to }
  }
  const roots = [...new Set(order.files.map(({ path }) => path.split('/')[0] ?? path))]
  return { ...common, direction: 'upload', name: shownName(roots[0] ?? ''), count: roots.length, folder }
}

/** Of one try: what its sums say about the transfer. `before`: milliseconds that earlier tries took. */
export function createTelling(before = 0) {
  const rate = createRate()
  const startedAt = performance.now()
  return (sums: Sums): Partial<Transfer> => {
    const now = performance.now()
    rate.add(sums.bytes, now)
    const { problemCount: _, problems, ...rest } = sums
    const left = secondsLeft(sums.bytes, sums.total, rate.value, sums.estimate)
    return { ...rest, problems: [...problems], took: before + now - startedAt, ...known('rate', rate.value), ...known('secondsLeft', left) }
  }
}

/** While nothing moves there is no rate. */
export function standing({ rate: _, secondsLeft: __, ...rest }: Transfer): Transfer {
  return rest
}

function known<Name extends string>(name: Name, value: number | undefined): { [name in Name]?: number } {
  return (value === undefined ? {} : { [name]: value }) as { [name in Name]?: number }
}
