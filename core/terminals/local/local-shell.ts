import { constants } from 'node:os'
import type { IPty } from '@lydell/node-pty'
import type { ExitStatus, TerminalSize } from '../../../contract/byte-stream.ts'
import { UserError } from '../../user-error.ts'
import type { AnyShell, ShellStream } from '../any-shell.ts'
import { type Environment, findShells, type LocalShell } from './shells.ts'

interface Options {
  readonly size: TerminalSize
  /** Where it begins. */
  readonly folder: string
  readonly environment: Environment
}

/** Set by whoever started this app, and nobody else's business. */
const NOT_PASSED_ON = /^(ELECTRON_|MOORING_|NODE_OPTIONS$|CHROME_)/
/** How long a shell may take to end when its tab has gone. */
const HANG_UP_MS = 2_000
/** Well below the 200 ms after a program's end in which node-pty throws away what it has not read. */
const DRAIN_CHECK_MS = 50

/** The one with this id, the person's own without. Throws UserError LOCAL_SHELL_FAILED. */
export async function openLocalShell(id: string | undefined, options: Options): Promise<AnyShell & { readonly name: string }> {
  const shells = await findShells(options.environment)
  const shell = id === undefined ? shells[0] : shells.find((one) => one.id === id)
  if (!shell) throw new UserError('LOCAL_SHELL_FAILED', { shell: id ?? '', problem: 'missing' })
  try {
    // Loaded with the first one: it brings a native part.
    const { spawn } = await import('@lydell/node-pty')
    return { name: shell.name, ...shellOf(start(spawn, shell, options)) }
  } catch (cause) {
    throw new UserError('LOCAL_SHELL_FAILED', { shell: shell.name, problem: 'not-started' }, { cause })
  }
}

function start(spawn: typeof import('@lydell/node-pty').spawn, { file, args }: LocalShell, { size, folder, environment }: Options): IPty {
  const passedOn = Object.entries(environment).filter(([name, value]) => value !== undefined && !NOT_PASSED_ON.test(name))
  return spawn(file, [...args], {
    name: 'xterm-256color',
    cols: size.cols,
    rows: size.rows,
    cwd: folder,
    env: { ...Object.fromEntries(passedOn), COLORTERM: 'truecolor', TERM_PROGRAM: 'Mooring' },
    encoding: null, // bytes, whatever node-pty's types say
  })
}

function shellOf(pty: IPty): AnyShell {
  let ended = false
  let paused: NodeJS.Timeout | undefined
  function resume() {
    clearInterval(paused)
    paused = undefined
    if (!ended) pty.resume()
  }
  const exited = new Promise<ExitStatus>((resolve) => {
    pty.onExit(({ exitCode, signal }) => {
      ended = true
      clearInterval(paused)
      resolve(signal ? { signal: signalName(signal) } : { code: exitCode })
    })
  })
  const stream: ShellStream = {
    on: (_event, listener) => void pty.onData((data: string | Buffer) => listener(Buffer.from(data))),
    write(bytes) {
      // UTF-8 in pieces may end within a character; node-pty takes bytes as well, whatever its types say.
      if (!ended) pty.write(Buffer.from(bytes) as unknown as string)
    },
    pause() {
      if (ended || paused) return
      pty.pause()
      paused = setInterval(() => isAlive(pty.pid) || resume(), DRAIN_CHECK_MS)
    },
    resume,
  }
  return {
    stream,
    exited,
    resize: ({ cols, rows }) => ended || pty.resize(cols, rows),
    close() {
      if (ended) return
      // Nobody reads what still comes; unread, it would keep the shell.
      resume()
      if (process.platform === 'win32') return pty.kill()
      signalTo(pty.pid, 'SIGHUP')
      setTimeout(() => ended || signalTo(pty.pid, 'SIGKILL'), HANG_UP_MS).unref()
    },
  }
}

function signalName(number: number): string {
  const name = Object.entries(constants.signals).find(([, value]) => value === number)?.[0] ?? 'SIGTERM'
  return name.replace(/^SIG/, '')
}

function isAlive(pid: number): boolean {
  return signalTo(pid, 0)
}

/** False: it ended before. */
function signalTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}
