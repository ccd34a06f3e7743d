import type { PseudoTtyInfo, ServerChannel, Session, WindowChangeInfo } from 'ssh2'
import type { Machine } from '../machines/machine.ts'
import type { Times } from '../machines/power.ts'
import { serveFiles } from './files.ts'
import { commandShell, greeting, loginEnvironment, loginShell, type ShellCommand } from './home.ts'
import { type Running, runInPipes, runInTerminal, type TerminalSize } from './program.ts'

export interface SessionOptions {
  readonly machine: Machine
  readonly home: string
  readonly user: string
  /** Programs that stand before this computer's. */
  readonly bin: string
  readonly times: Times
}

/** What sshd's child ends with when it cannot start the shell. */
const SHELL_FAILED = 1

/** One session channel (RFC 4254, 6): a shell, a command or SFTP. Returns how to end what runs in it. */
export function serveSession(session: Session, options: SessionOptions): () => void {
  const environment = loginEnvironment(options.machine, options.home, options.bin)
  let size: (TerminalSize & { readonly term: string }) | undefined
  let running: Running | undefined

  function start(channel: ServerChannel, command: ShellCommand) {
    const program = { ...command, home: options.home, environment }
    channel.on('error', () => channel.destroy())
    try {
      running = size ? runInTerminal(channel, program, size) : runInPipes(channel, program)
    } catch (error) {
      channel.stderr.write(`${String(error)}\r\n`)
      channel.exit(SHELL_FAILED)
      channel.end()
    }
  }

  session.on('pty', (accept, _reject, info) => {
    size = { ...sizeOf(info), term: termOf(info) }
    accept?.()
  })
  session.on('window-change', (accept, _reject, info) => {
    running?.resize(sizeOf(info))
    accept?.()
  })
  session.on('env', (accept, _reject, { key, val }) => {
    if (/^(LANG|LC_[A-Z]+|COLORTERM)$/.test(key)) environment[key] = val
    accept?.()
  })
  session.on('signal', (accept, _reject, { name }) => {
    running?.signal(name)
    accept?.()
  })
  session.on('shell', (accept) => {
    const channel = accept()
    if (options.user === 'root') return refuseRoot(channel, options)
    if (size) channel.write(greeting(options.machine))
    start(channel, loginShell(options.home))
  })
  session.on('exec', (accept, _reject, { command }) => {
    const channel = accept()
    if (options.user === 'root') return refuseRoot(channel, options)
    start(channel, commandShell(command))
  })
  session.on('sftp', (accept, reject) => {
    if (options.user === 'root') return reject()
    serveFiles(accept(), options.home)
  })
  return () => running?.signal('HUP')
}

function sizeOf({ cols, rows }: WindowChangeInfo): TerminalSize {
  return { columns: cols || 80, rows: rows || 24 }
}

/** @types/ssh2 does not know `term`, which the server passes on (RFC 4254, 6.2). */
function termOf(info: PseudoTtyInfo & { term?: string }): string {
  return info.term || 'xterm'
}

/** The forced command that cloud-init's `disable_root` writes before root's keys. */
function refuseRoot(channel: ServerChannel, { machine, times }: SessionOptions) {
  channel.write(`Please login as the user "${machine.spec.user}" rather than the user "root".\r\n\r\n`)
  const timer = setTimeout(() => {
    channel.exit(142)
    channel.end()
  }, times.forcedCommand)
  channel.once('close', () => clearTimeout(timer))
}
