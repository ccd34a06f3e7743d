import { describe, expect, test } from 'vitest'
import { metricsOf } from '../../../core/monitor/metrics.ts'
import { readProcesses } from '../../../core/monitor/monitor.ts'
import { type Reading, readReading } from '../../../core/monitor/reading.ts'

const df = (...lines: string[]) => ['@df', 'Filesystem     1024-blocks      Used Available Capacity Mounted on', ...lines].join('\n')

const linux = `@system Linux
@now 1764090000
@stat
cpu  4705 150 1120 16250856 2048 0 52 3 0 0
@cores
2
@loadavg
0.20 0.18 0.12 1/80 11206
@meminfo
MemTotal:         983452 kB
MemFree:          101224 kB
MemAvailable:     561516 kB
Buffers:           20480 kB
Cached:           481008 kB
SwapTotal:       1048572 kB
SwapFree:         948572 kB
@uptime
1068531.25 2044180.01
@netdev
Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo: 1000000    9000    0    0    0     0          0         0  1000000    9000    0    0    0     0       0          0
  ens5:  500000    4000    0    0    0     0          0         0   200000    3000    0    0    0     0       0          0
docker0: 700000    4000    0    0    0     0          0         0   700000    3000    0    0    0     0       0          0
${df(
  '/dev/root         8047164   2494236   5552928      31% /',
  'tmpfs              491724         0    491724       0% /dev/shm',
  '/dev/loop0          25088     25088         0     100% /snap/amazon-ssm-agent/7993',
  '/dev/nvme1n1p1  103081248  98000000   5081248      96% /srv/my data',
  '/dev/nvme1n1p1  103081248  98000000   5081248      96% /mnt/again',
)}
@who
2
`

const macos = `@system Darwin
@now 1764090000
@sysctl
hw.ncpu: 8
hw.memsize: 17179869184
hw.pagesize: 16384
vm.loadavg: { 2.10 1.90 1.70 }
kern.boottime: { sec = 1764000000, usec = 123456 } Mon Nov 24 16:00:00 2025
@vm_stat
Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                              100000.
Pages active:                            200000.
Pages inactive:                          190000.
Pages wired down:                        100000.
Pages occupied by compressor:             50000.
@ps
 12.0
 28.0
  0.0
@netstat
Name       Mtu   Network       Address            Ipkts Ierrs     Ibytes    Opkts Oerrs     Obytes  Coll
lo0        16384 <Link#1>                        100000     0   50000000   100000     0   50000000     0
en0        1500  <Link#4>    a4:83:e7:00:00:00   900000     0  800000000   500000     0  100000000     0
en0        1500  192.168.1     192.168.1.20      900000     -  800000000   500000     -  100000000     -
${df('/dev/disk3s1s1   482797652  10000000 300000000       4% /', '/dev/disk3s5     482797652 170000000 300000000      37% /System/Volumes/Data')}
@who
       3
`

const freebsd = `@system FreeBSD
@now 1764090000
@sysctl
kern.cp_time: 1000 0 500 100 98400
hw.ncpu: 1
hw.physmem: 1000000000
hw.pagesize: 4096
vm.loadavg: { 0.10 0.20 0.30 }
kern.boottime: { sec = 1764089000, usec = 0 } Tue Nov 25 17:00:00 2025
vm.stats.vm.v_free_count: 100000
vm.stats.vm.v_inactive_count: 20000
@vm_stat
@ps
 0.0
@netstat
Name    Mtu Network       Address              Ipkts Ierrs Idrop     Ibytes    Opkts Oerrs     Obytes  Coll
ena0   1500 <Link#1>      06:aa:bb:cc:dd:ee     1000     0     0     500000     2000     0     700000     0
lo0   16384 <Link#2>      lo0                      0     0     0          0        0     0          0     0
${df('/dev/gpt/rootfs    10000000   4000000   5200000      43% /', 'devfs                     1         1         0     100% /dev')}
@who
1
`

describe('a look at a host', () => {
  test('on Linux', () => {
    expect(readReading(linux)).toEqual({
      system: 'Linux',
      at: 1764090000,
      cpu: { busy: 6030, total: 16258934 },
      cpuNow: undefined,
      cores: 2,
      load: [0.2, 0.18, 0.12],
      memory: { used: (983452 - 561516) * 1024, total: 983452 * 1024 },
      swap: { used: 100_000 * 1024, total: 1048572 * 1024 },
      disks: [
        { mount: '/', used: 2494236 * 1024, total: 8047164 * 1024 },
        { mount: '/srv/my data', used: 98000000 * 1024, total: 103081248 * 1024 },
      ],
      traffic: { received: 500000, sent: 200000 },
      users: 2,
      uptimeSeconds: 1068531.25,
    } satisfies Reading)
  })

  test('on macOS', () => {
    expect(readReading(macos)).toEqual({
      system: 'Darwin',
      at: 1764090000,
      cpu: undefined,
      cpuNow: 0.05,
      cores: 8,
      load: [2.1, 1.9, 1.7],
      memory: { used: 350000 * 16384, total: 17179869184 },
      swap: undefined,
      disks: [{ mount: '/', used: 10000000 * 1024, total: 310000000 * 1024 }],
      traffic: { received: 800000000, sent: 100000000 },
      users: 3,
      uptimeSeconds: 90000,
    } satisfies Reading)
  })

  test('on FreeBSD', () => {
    expect(readReading(freebsd)).toMatchObject({
      cpu: { busy: 1600, total: 100000 },
      memory: { used: 1000000000 - 120000 * 4096, total: 1000000000 },
      disks: [{ mount: '/', used: 4000000 * 1024, total: 9200000 * 1024 }],
      traffic: { received: 500000, sent: 700000 },
      uptimeSeconds: 1000,
    })
  })

  test.each([
    ['nothing', '', undefined],
    ['a menu of the host', 'Welcome!\n1) status\n', undefined],
    ['a system that answers nothing else', '@system Haiku\n', { system: 'Haiku', disks: [] }],
    [
      'nonsense in every part',
      '@system Linux\n@stat\ncpu x y\n@loadavg\nhigh\n@meminfo\nMemTotal: lots\n@netdev\n eth0: a b\n@df\nx y z\n@who\n-3\n',
      { system: 'Linux', disks: [] },
    ],
    [
      'figures beyond all numbers',
      `@system Linux\n@stat\ncpu ${'9'.repeat(400)} 1 1 1\n@uptime\n${'9'.repeat(400)}\n`,
      { system: 'Linux', disks: [] },
    ],
  ])('that gives %s', (_, text, metrics) => {
    const reading = readReading(text)
    expect(reading && metricsOf(undefined, reading, 0)).toEqual(metrics)
  })
})

describe('two looks', () => {
  const now = readReading(linux) as Reading
  const before = { ...now, cpu: { busy: 6000, total: 16258834 }, traffic: { received: 490000, sent: 199000 } }
  test('say what happened between them', () => {
    expect(metricsOf(before, now, 2)).toMatchObject({ cpu: 0.3, network: { received: 5000, sent: 500 } })
  })
  test.each([
    ['the first one', undefined, 2],
    ['one before the host was started again', { ...before, cpu: { busy: 1e9, total: 1e9 }, traffic: { received: 1e9, sent: 0 } }, 2],
    ['one at the same moment', { ...before, cpu: now.cpu }, 0],
  ])('of which one is %s say nothing of it', (_, earlier, seconds) => {
    const metrics = metricsOf(earlier, now, seconds)
    expect(metrics).not.toHaveProperty('network')
    expect(metrics).not.toHaveProperty('cpu')
  })
})

test('processes are told busiest first, whatever their names', () => {
  const text =
    '    1 Ss   root      0.0  0.4 systemd\n  200 Rl+  www-data 12.5  1.0 my server --x\n  300 S    me        0.0  9.9 db\n  301 Z    me        0.0  0.0 ended\nnonsense\n   -1 S x 0 0 y\n'
  expect(readProcesses(text)).toEqual([
    { pid: 200, user: 'www-data', cpu: 12.5, memory: 1, command: 'my server --x' },
    { pid: 300, user: 'me', cpu: 0, memory: 9.9, command: 'db' },
    { pid: 1, user: 'root', cpu: 0, memory: 0.4, command: 'systemd' },
  ])
})
