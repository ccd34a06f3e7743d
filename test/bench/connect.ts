import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect as connectTcp, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import ssh2 from 'ssh2'
import { type Connection, connect, type Shell } from '../../core/ssh/connect.ts'
import { makeKey, startSshd } from '../support/sshd.ts'
import { type Cleanup, inTurn, type Row, within } from './row.ts'

/** A shell that starts at once, for both: what this machine's own ~/.bashrc takes is not ours to measure. */
const SHELL = ['SetEnv HOME=/nonexistent', "ForceCommand PS1='ready> ' exec /bin/sh"]
const PROMPT = 'ready> '
const size = { cols: 120, rows: 40 }
const PATIENCE_MS = 20_000

async function setUp(cleanup: Cleanup) {
  const folder = mkdtempSync(join(tmpdir(), 'mooring-bench-'))
  cleanup.defer(() => rmSync(folder, { recursive: true, force: true }))
  const key = makeKey(join(folder, 'key'))
  const config = ['MaxSessions 1000', 'MaxStartups 100', ...SHELL]
  const sshd = cleanup.adopt(await startSshd({ authorizedKeys: [key.publicKey], config }), (started) => started.stop())
  writeFileSync(join(folder, 'known_hosts'), sshd.hostKeys.map((hostKey) => `* ${hostKey}\n`).join(''))
  return { folder, key, sshd }
}
type Bench = Awaited<ReturnType<typeof setUp>>

/** `ssh -tt` with its defaults, and nothing of this machine's own configuration. */
function ssh({ folder, key, sshd }: Bench, port: number, more: readonly string[] = []): ChildProcess {
  const options = ['IdentitiesOnly=yes', `UserKnownHostsFile=${join(folder, 'known_hosts')}`, 'StrictHostKeyChecking=yes', 'CheckHostIP=no']
  const args = ['-tt', '-F', 'none', '-i', key.path, '-p', `${port}`, ...options.flatMap((option) => ['-o', option])]
  return spawn('ssh', [...args, ...more, `${sshd.user}@127.0.0.1`], { stdio: ['pipe', 'pipe', 'pipe'] })
}

async function sshPrompt(bench: Bench, port: number, more?: readonly string[]): Promise<number> {
  const startedAt = performance.now()
  const child = ssh(bench, port, more)
  let text = ''
  let errors = ''
  child.stderr?.on('data', (chunk) => {
    errors += chunk
  })
  const prompt = new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk) => {
      text += chunk
      if (text.endsWith(PROMPT)) resolve()
    })
    child.once('exit', () => reject(new Error(`ssh ended: ${errors}`)))
  })
  const gone = once(child, 'exit')
  try {
    await within(PATIENCE_MS, "get a prompt from OpenSSH's client", prompt)
    return performance.now() - startedAt
  } finally {
    if (child.kill('SIGKILL')) await gone
  }
}

async function ourConnection({ key, sshd }: Bench, port: number): Promise<Connection> {
  const parsed = ssh2.utils.parseKey(key.text)
  if (parsed instanceof Error) throw parsed
  const loaded = { id: 'bench', label: 'bench', type: parsed.type, fingerprint: '', blob: key.blob, parsed }
  return connect({
    address: '127.0.0.1',
    port,
    users: [sshd.user],
    keys: [{ id: 'bench', label: 'bench', publicKey: { type: parsed.type, blob: key.blob }, encrypted: false, load: async () => loaded }],
    verifyHostKey: async ({ type, fingerprint }) => ({ reason: 'known', algorithm: type, fingerprint }),
    askPassword: () => Promise.reject(new Error('not asked')),
    askKeyboardInteractive: () => Promise.reject(new Error('not asked')),
    askNewPassword: () => Promise.reject(new Error('not asked')),
    onStep: () => undefined,
    signal: new AbortController().signal,
    log: pino({ level: 'silent' }),
    firstShell: { size },
  })
}

function untilPrompt(shell: Shell): Promise<void> {
  let text = ''
  const prompt = new Promise<void>((resolve) => {
    shell.stream.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1')
      if (text.endsWith(PROMPT)) resolve()
    })
  })
  return within(PATIENCE_MS, 'get a prompt', prompt)
}

async function ourPrompt(bench: Bench, port: number): Promise<number> {
  const startedAt = performance.now()
  const connection = await ourConnection(bench, port)
  const shell = await connection.firstShell
  if (!shell) throw new Error('no first shell')
  await untilPrompt(shell).finally(() => connection.close())
  const ms = performance.now() - startedAt
  await connection.closed
  return ms
}

/** Where the kernel has no netem: a relay that holds each piece back for half a round trip. The TCP handshake itself is not delayed, for either side. */
export async function startRelay(target: number, roundTripMs: number, cleanup: Cleanup) {
  const server = createServer((near) => {
    const far = connectTcp(target, '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      from.setNoDelay(true)
      from.on('data', (chunk) => setTimeout(() => to.writable && to.write(chunk), roundTripMs / 2))
      from.on('close', () => setTimeout(() => to.destroy(), roundTripMs / 2))
      from.on('error', () => to.destroy())
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanup.defer(() => void server.close())
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

export const rows: Row[] = [
  {
    id: 'connect',
    what: 'TCP connect to shell prompt, against `ssh -tt`',
    budget: 0.3,
    better: 'lower',
    unit: 'ms',
    async measure(cleanup) {
      const bench = await setUp(cleanup)
      return inTurn(
        15,
        () => ourPrompt(bench, bench.sshd.port),
        () => sshPrompt(bench, bench.sshd.port),
      )
    },
  },
  {
    id: 'connect-80ms',
    what: 'the same at 80 ms round trip',
    budget: 0.8,
    better: 'lower',
    unit: 'ms',
    async measure(cleanup) {
      const bench = await setUp(cleanup)
      const port = await startRelay(bench.sshd.port, 80, cleanup)
      return inTurn(
        7,
        () => ourPrompt(bench, port),
        () => sshPrompt(bench, port),
      )
    },
  },
  {
    id: 'second-terminal',
    what: 'another shell on the shared connection, against a warm ControlMaster',
    budget: 0.8,
    better: 'lower',
    unit: 'ms',
    async measure(cleanup) {
      const bench = await setUp(cleanup)
      const socket = join(bench.folder, 'master')
      const master = ssh(bench, bench.sshd.port, ['-M', '-S', socket])
      cleanup.defer(() => void master.kill())
      await within(PATIENCE_MS, 'start a ControlMaster', once(master.stdout ?? master, 'data'))
      const connection = cleanup.adopt(await ourConnection(bench, bench.sshd.port), (open) => open.close())
      return inTurn(
        25,
        async () => {
          const startedAt = performance.now()
          const shell = await connection.openShell({ size })
          await untilPrompt(shell)
          const ms = performance.now() - startedAt
          shell.close()
          return ms
        },
        () => sshPrompt(bench, bench.sshd.port, ['-S', socket]),
      )
    },
  },
]
