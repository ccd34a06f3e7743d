import type { HostMetrics } from '../../contract/models/monitor.ts'

type Space = NonNullable<HostMetrics['memory']>

/** One look at a host: counters that only mean something beside those of another look. Times in seconds. */
export interface Reading {
  readonly system: string
  readonly at: number | undefined
  /** Ticks since the host began. */
  readonly cpu: { readonly busy: number; readonly total: number } | undefined
  /** Of now, where the system has no counters. */
  readonly cpuNow: number | undefined
  readonly cores: number | undefined
  readonly load: HostMetrics['load']
  readonly memory: Space | undefined
  readonly swap: Space | undefined
  readonly disks: HostMetrics['disks']
  readonly traffic: { readonly received: number; readonly sent: number } | undefined
  readonly users: number | undefined
  readonly uptimeSeconds: number | undefined
}

/** Of what MONITOR prints. `undefined`: it is none of that. A part that is missing or makes no sense is left out. Pure. */
export function readReading(text: string): Reading | undefined {
  const parts = new Map<string, string>()
  for (const part of text.split(/^@/m).slice(1)) {
    const [, name, rest] = /^(\w+)[ \n]?([\s\S]*)$/.exec(part) ?? []
    if (name) parts.set(name, (rest ?? '').trim())
  }
  const part = (name: string) => parts.get(name) ?? ''
  const system = part('system').slice(0, 64)
  if (system === '') return undefined
  const common = { system, at: number(part('now')), disks: readDisks(part('df')), users: number(part('who')) }
  return parts.has('stat') ? { ...common, ...readLinux(part) } : { ...common, ...readBsd(part, common.at) }
}

type Part = (name: string) => string
type OwnWay = Omit<Reading, 'system' | 'at' | 'disks' | 'users'>

/** proc(5). */
function readLinux(part: Part): OwnWay {
  const memory = new Map(
    matches(part('meminfo'), /^(\w+):\s+(\d+) kB/gm).map(([, name = '', kilobytes]) => [name, Number(kilobytes) * 1024]),
  )
  const total = memory.get('MemTotal')
  const available = memory.get('MemAvailable') ?? (memory.get('MemFree') ?? 0) + (memory.get('Buffers') ?? 0) + (memory.get('Cached') ?? 0)
  // user nice system idle iowait irq softirq steal; guest time is in user already.
  const ticks = part('stat').split(/\s+/).slice(1, 9).map(Number)
  const idle = (ticks[3] ?? 0) + (ticks[4] ?? 0)
  return {
    cpu: countsOf(ticks, idle),
    cpuNow: undefined,
    cores: number(part('cores')) || undefined,
    load: readLoad(part('loadavg')),
    memory: spaceOf(total, available),
    swap: spaceOf(memory.get('SwapTotal'), memory.get('SwapFree') ?? 0),
    traffic: trafficOf(
      matches(part('netdev'), /^\s*([^:\s]+):\s*(.*)$/gm).map(([, name = '', rest = '']) => {
        const columns = rest.trim().split(/\s+/)
        return { name, received: Number(columns[0]), sent: Number(columns[8]) }
      }),
    ),
    uptimeSeconds: number(part('uptime').split(' ')[0]),
  }
}

/** sysctl(8), vm_stat(1) and netstat(1) of macOS and the BSDs. */
function readBsd(part: Part, now: number | undefined): OwnWay {
  const values = new Map(matches(part('sysctl'), /^([\w.]+)\s*[:=]\s*(.*)$/gm).map(([, name = '', value = '']) => [name, value]))
  const value = (name: string) => number(values.get(name))
  // user nice sys intr idle; OpenBSD has a sixth before idle.
  const ticks = (values.get('kern.cp_time') ?? '').split(/[\s,]+/).map(Number)
  const cores = value('hw.ncpu')
  const shares = part('ps').split('\n').map(Number)
  const booted = number(/sec = (\d+)/.exec(values.get('kern.boottime') ?? '')?.[1] ?? values.get('kern.boottime'))
  return {
    cpu: ticks.length > 4 ? countsOf(ticks, ticks.at(-1) ?? 0) : undefined,
    cpuNow: ticks.length > 4 || !cores || shares.length < 2 ? undefined : Math.min(1, sum(shares) / 100 / cores),
    cores: cores || undefined,
    load: readLoad((values.get('vm.loadavg') ?? '').replace(/[{}]/g, '').trim()),
    memory: bsdMemory(part('vm_stat'), value),
    swap: undefined,
    // Columns are counted from the right: an interface without an address has one less, and FreeBSD one more before them.
    traffic: trafficOf(
      matches(part('netstat'), /^(\S+)\s.*<Link#\d+>.*$/gm).map(([line, name = '']) => {
        const columns = line.trim().split(/\s+/)
        return { name, received: Number(columns.at(-5)), sent: Number(columns.at(-2)) }
      }),
    ),
    uptimeSeconds: booted && now ? Math.max(0, now - booted) : undefined,
  }
}

function bsdMemory(vmStat: string, value: (name: string) => number | undefined): Space | undefined {
  const page = number(/page size of (\d+) bytes/.exec(vmStat)?.[1])
  const pages = (name: string) => number(new RegExp(`^${name}:\\s+(\\d+)\\.`, 'm').exec(vmStat)?.[1]) ?? 0
  const total = value('hw.memsize')
  if (page && total) {
    const used = (pages('Pages active') + pages('Pages wired down') + pages('Pages occupied by compressor')) * page
    return spaceOf(total, total - used)
  }
  const free = value('vm.stats.vm.v_free_count')
  const size = value('hw.pagesize')
  return free !== undefined && size ? spaceOf(value('hw.physmem'), (free + (value('vm.stats.vm.v_inactive_count') ?? 0)) * size) : undefined
}

const MOST_DISKS = 50

/** Disks that hold something: not a loop device, a snap, or a file system that only exists in memory. A disk that is mounted twice counts once. */
function readDisks(text: string): HostMetrics['disks'] {
  const disks = new Map<string, HostMetrics['disks'][number]>()
  for (const [, device = '', blocks, used, free, mount = ''] of matches(text, /^(\S.*?)\s+(\d+)\s+(\d+)\s+(-?\d+)\s+\d+%\s+(\/.*)$/gm)) {
    const total = Number(blocks) * 1024
    const isDisk = mount === '/' || (device.startsWith('/dev/') && !/^\/dev\/(loop|ram)|^\/dev\/md\d+.*vnode/.test(device))
    if (!isDisk || total === 0 || disks.has(device) || /^\/(System\/Volumes|snap)\//.test(mount)) continue
    // Without what only root may still use, as df's own percentage.
    const usable = Number(used) + Math.max(0, Number(free))
    disks.set(device, { mount: mount.slice(0, 1024), used: Number(used) * 1024, total: usable * 1024 })
  }
  return [...disks.values()].slice(0, MOST_DISKS)
}

/** Of the ways out of the host: not what its containers say to each other. */
function trafficOf(interfaces: readonly { readonly name: string; readonly received: number; readonly sent: number }[]): Reading['traffic'] {
  const real = interfaces.filter(
    ({ name, received, sent }) => !/^(lo|veth|docker|br-|virbr|cni|flannel)/.test(name) && isCount(received) && isCount(sent),
  )
  return real.length > 0 ? { received: sum(real.map(({ received }) => received)), sent: sum(real.map(({ sent }) => sent)) } : undefined
}

function countsOf(ticks: readonly number[], idle: number): Reading['cpu'] {
  const total = sum(ticks)
  return ticks.every(isCount) && total > 0 ? { busy: total - idle, total } : undefined
}

function readLoad(text: string): HostMetrics['load'] {
  const [one = Number.NaN, five = Number.NaN, fifteen = Number.NaN] = text.split(/\s+/).map(Number)
  return [one, five, fifteen].every(isCount) ? [one, five, fifteen] : undefined
}

function spaceOf(total: number | undefined, free: number): Space | undefined {
  return total ? { used: Math.min(total, Math.max(0, total - free)), total } : undefined
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d{1,15}(\.\d+)?\s*$/.test(text) ? Number(text) : undefined
}

function isCount(value: number): boolean {
  return Number.isFinite(value) && value >= 0
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + (isCount(value) ? value : 0), 0)
}

function matches(text: string, pattern: RegExp): readonly RegExpMatchArray[] {
  return [...text.matchAll(pattern)]
}
