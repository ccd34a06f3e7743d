/// <reference path="./ssh2-internals.d.ts" />
import type { Readable } from 'node:stream'
import type { Client, ClientChannel } from 'ssh2'
import channels from 'ssh2/lib/Channel.js'
import { inside, type OpenAnswer, type OpenChannel, type Protocol } from './internals.ts'
import type { X11Request } from './x11/forward-display.ts'

export interface ShellAnswer {
  readonly channel: ClientChannel
  /** The server leads programs to the display. */
  readonly x11: boolean
  /** The server gave no terminal; the shell goes on without one. */
  readonly pty: boolean
  limitAhead(bytes: number): void
}

interface ShellRequest {
  readonly cols: number
  readonly rows: number
  readonly term: string
  readonly environment?: Readonly<Record<string, string>> | undefined
  readonly forwardAgent?: boolean | undefined
  readonly x11?: X11Request | undefined
  /** In place of the login's shell. */
  readonly command?: string | undefined
}

type Stream = Readable & { readonly _readableState: { highWaterMark: number } }

/** Opens a session and asks for a terminal and a shell in one go, where ssh2 waits for each answer. */
export function openPipelinedShell(client: Client, o: ShellRequest): Promise<ShellAnswer> {
  const { _chanMgr, _protocol } = inside(client)
  return new Promise((resolve, reject) => {
    const onOpen: OpenAnswer = (error, channel) => {
      if (!channel) return reject(error ?? new Error('no channel'))
      let pty = true
      let x11 = false
      if (o.x11)
        channel._callbacks.push((failed) => {
          x11 = !failed
        })
      channel._callbacks.push((failed) => {
        pty = !failed
      })
      channel._callbacks.push((failed) => {
        if (!failed) return resolve({ channel, pty, x11, limitAhead })
        channel.close()
        reject(new Error('shell refused'))
      })
      channel.subtype = 'shell' // ssh2 sends window sizes only for one
      const limitAhead = keepWindow(channel, _protocol)
      if (o.forwardAgent) {
        inside(client)._agentFwdEnabled = true
        _protocol.openssh_agentForward(channel.outgoing.id, false)
      }
      if (o.x11) {
        inside(client)._acceptX11 += 1
        channel.once('close', () => {
          inside(client)._acceptX11 -= 1
        })
        _protocol.x11Forward(channel.outgoing.id, o.x11, true)
      }
      for (const [name, value] of Object.entries(o.environment ?? {})) _protocol.env(channel.outgoing.id, name, value, false)
      _protocol.pty(channel.outgoing.id, o.rows, o.cols, 0, 0, o.term, null, true)
      if (o.command === undefined) _protocol.shell(channel.outgoing.id, true)
      else _protocol.exec(channel.outgoing.id, o.command, true)
    }
    onOpen.type = 'session'
    const id = _chanMgr.add(onOpen)
    _protocol.session(id, SHELL_WINDOW_BYTES, channels.PACKET_SIZE)
  })
}

/**
 * What the server may send that nobody has read yet. A key's echo and Ctrl+C wait behind it: with ssh2's own 2 MiB, which it
 * refills while the stream is paused, for a quarter of a second and more. Enough for 1.6 MB/s at a round trip of 80 ms.
 */
const SHELL_WINDOW_BYTES = 128 * 1024

/**
 * Takes the window's refills from ssh2, which thinks it larger than the server does and so never comes to them. Returns what makes
 * it smaller, once the server has used what it was given, or as large as it was.
 */
function keepWindow(channel: OpenChannel, protocol: Protocol): (bytes: number) => void {
  const streams = [channel, channel.stderr] as Stream[]
  let most = SHELL_WINDOW_BYTES
  const refill = () => {
    const unread = channel.readableLength + channel.stderr.readableLength
    const given = SHELL_WINDOW_BYTES - (channels.MAX_WINDOW - channel.incoming.window)
    const bytes = most - given - unread
    if (bytes < most / 4 || channel.destroyed) return
    channel.incoming.window += bytes
    protocol.channelWindowAdjust(channel.outgoing.id, bytes)
  }
  const limit = (bytes: number) => {
    most = Math.min(bytes, SHELL_WINDOW_BYTES)
    // Node asks for more each time that less than this is unread, and for no more until something has come: never while so much
    // of the window is unread that it would not be refilled.
    for (const stream of streams) stream._readableState.highWaterMark = most / 4
    refill()
  }
  for (const stream of streams) stream._read = refill
  limit(SHELL_WINDOW_BYTES)
  return limit
}
