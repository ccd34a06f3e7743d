import type { Machine } from './machine.ts'

/** What EC2 reports of an instance (EC2 User Guide, "CloudWatch metrics that are available for your instances"), by CloudWatch's names. */
const measures = {
  CPUUtilization: (busy: number) => 100 * busy,
  NetworkIn: (busy: number, seconds: number) => 90_000 * busy ** 2 * seconds,
  NetworkOut: (busy: number, seconds: number) => 420_000 * busy ** 2 * seconds,
  EBSReadBytes: (busy: number, seconds: number) => 20_000 * busy * seconds,
  EBSWriteBytes: (busy: number, seconds: number) => 60_000 * busy * seconds,
  CPUCreditBalance: (busy: number) => 288 - 200 * busy,
} as const
type Measure = keyof typeof measures
export const isMeasure = (name: string): name is Measure => Object.hasOwn(measures, name)

export const statistics = ['Average', 'Sum', 'Maximum', 'Minimum', 'SampleCount'] as const
export type Statistic = (typeof statistics)[number]
/** Seconds since 1970. */
interface Range {
  readonly from: number
  readonly to: number
  readonly period: number
}
interface Point {
  readonly at: number
  readonly value: number
}

/** One for each period in which anything was measured, ascending. */
export function measurePoints(machine: Machine, name: Measure, statistic: Statistic, { from, to, period }: Range): readonly Point[] {
  if (!reports(machine, name)) return []
  // Credits are counted every five minutes, whatever is paid for.
  const every = machine.spec.monitored && name !== 'CPUCreditBalance' ? 60 : 300
  const points: Point[] = []
  for (let at = Math.floor(from / period) * period; at < to; at += period) {
    const samples: number[] = []
    for (let time = Math.ceil(at / every) * every; time < at + period; time += every) {
      if (wasMeasured(machine, time, every)) samples.push(measures[name](busyAt(machine, time), every))
    }
    if (samples.length > 0) points.push({ at, value: summarise(samples, statistic) })
  }
  return points
}

/** Only burstable types have credits; Xen's (t2) tell nothing of their EBS volumes. */
function reports({ spec }: Machine, name: Measure): boolean {
  if (name === 'CPUCreditBalance') return /^t\d/.test(spec.type)
  return !(name.startsWith('EBS') && spec.type.startsWith('t2.'))
}

/** While it ran; a period that has not passed is not told yet. */
function wasMeasured(machine: Machine, time: number, every: number): boolean {
  const [begins, ends] = [time * 1000, (time + every) * 1000]
  if (ends > Date.now()) return false
  if (machine.earlierRuns.some((run) => run.from <= begins && ends <= run.to)) return true
  return machine.state === 'running' && machine.launchedAt.getTime() <= begins
}

/** From 0 to 1: more by day than by night, some more than others, and the same at every look. */
function busyAt({ spec }: Machine, time: number): number {
  const chance = noise(`${spec.instanceId}${time}`)
  if (spec.idle) return 0.003 + 0.005 * chance
  const hour = (time / 3_600) % 24
  const daylight = Math.max(0, Math.sin(((hour - 6) / 15) * Math.PI))
  const size = 0.25 + 0.45 * noise(spec.instanceId)
  return 0.03 + size * daylight * (0.75 + 0.25 * chance) + (chance > 0.985 ? 0.2 : 0.02 * chance)
}

/** FNV-1a, as a number from 0 to 1: tens of thousands are wanted at a time. */
function noise(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  // Its last characters would hardly stir the high bits.
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32
}

function summarise(samples: readonly number[], statistic: Statistic): number {
  const sum = () => samples.reduce((total, each) => total + each, 0)
  switch (statistic) {
    case 'Sum':
      return sum()
    case 'Average':
      return sum() / samples.length
    case 'Maximum':
      return Math.max(...samples)
    case 'Minimum':
      return Math.min(...samples)
    case 'SampleCount':
      return samples.length
  }
}
