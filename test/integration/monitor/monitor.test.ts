import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MonitorState } from '../../../contract/models/monitor.ts'
import { type FilesHost, refusal, startFilesHost } from '../files/host.ts'

/** The states until one is as wanted. */
async function watchUntil(at: FilesHost, terminalId: string, wanted: (state: MonitorState) => boolean): Promise<MonitorState> {
  const over = new AbortController()
  try {
    for await (const state of await at.core.client.monitor.watch({ terminalId }, { signal: over.signal })) if (wanted(state)) return state
    throw new Error('ended before')
  } finally {
    over.abort()
  }
}

describe('a host with a shell', () => {
  let at: FilesHost
  let terminalId: string
  beforeAll(async () => {
    at = await startFilesHost({ command: 'eval "$SSH_ORIGINAL_COMMAND"; exit' })
    terminalId = await at.openTerminal()
  })
  afterAll(() => at.close())

  test('is told as its own files tell it', async () => {
    const state = await watchUntil(
      at,
      terminalId,
      (told) => told.kind === 'on' && told.metrics.network !== undefined && told.metrics.cpu !== undefined,
    )
    if (state.kind !== 'on') throw new Error('off')
    const total = Number(/MemTotal:\s+(\d+)/.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]) * 1024
    const { metrics } = state
    expect(metrics).toMatchObject({ system: 'Linux', memory: { total } })
    expect(metrics.disks.map(({ mount }) => mount)).toContain('/')
    expect(Math.abs((metrics.uptimeSeconds ?? 0) - Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]))).toBeLessThan(60)
  })

  test('is asked by one command however many watch, which ends when nobody does', async () => {
    const commands = () => {
      const found = []
      for (const pid of childrenOf(at.host.sshd.pid)) if (commandLine(pid).includes('echo "@system')) found.push(pid)
      return found
    }
    const isOn = (state: MonitorState) => state.kind === 'on'
    const other = await at.openTerminal()
    const over = new AbortController()
    const watching = [terminalId, other, other].map(async (id) => {
      const states = await at.core.client.monitor.watch({ terminalId: id }, { signal: over.signal })
      for await (const state of states) if (isOn(state)) return states
      throw new Error('ended before')
    })
    const open = await Promise.all(watching)
    expect(new Set(commands().map(commandLine))).toHaveLength(1)
    await Promise.all(open.map((states) => states.return?.()))
    over.abort()
    await expect.poll(commands).toEqual([])
  })

  test('tells what runs, and ends a process that is still the same', async () => {
    const child = spawn('sleep', ['1000'])
    const ended = once(child, 'exit')
    const pid = child.pid as number
    const processes = await at.core.client.monitor.processes({ terminalId })
    expect(processes.length).toBeGreaterThan(1)
    const end = (command: string, force = false) => at.core.client.monitor.endProcess({ terminalId, process: { pid, command }, force })
    expect(await end('another')).toEqual({ outcome: 'gone' })
    expect(await end('$(reboot)')).toEqual({ outcome: 'gone' })
    expect(await end('sleep')).toEqual({ outcome: 'ended' })
    expect(await ended).toEqual([null, 'SIGTERM'])
    expect(await end('sleep')).toEqual({ outcome: 'gone' })
  })
})

test.each([
  ['allows one session only', { config: ['MaxSessions 1'] }, 'refused'],
  ['answers every command with a menu', { command: 'echo "1) status"; exec cat' }, 'unsupported'],
  ['takes more than seconds to answer', { command: 'printf "@system "; exec sleep 60' }, 'slow'],
  ['ends every command', { command: 'exit 0' }, 'unsupported'],
  ['sends without end', { command: 'exec yes' }, 'unsupported'],
] as const)(
  'a host that %s is left alone',
  async (_, options, reason) => {
    const at = await startFilesHost(options)
    try {
      const terminalId = await at.openTerminal()
      expect(await watchUntil(at, terminalId, ({ kind }) => kind === 'off')).toEqual({ kind: 'off', reason })
    } finally {
      await at.close()
    }
  },
  30_000,
)

test('a terminal without a connection has nothing to tell', async () => {
  const at = await startFilesHost()
  try {
    expect(await refusal(at.core.client.monitor.processes({ terminalId: 'none' }))).toMatchObject({ code: 'TERMINAL_GONE' })
  } finally {
    await at.close()
  }
})

function childrenOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  return [...children, ...children.flatMap(childrenOf)]
}

function commandLine(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
}
