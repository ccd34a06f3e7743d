import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import type { Client, ClientChannel } from 'ssh2'
import { join } from '../../tunnels/join.ts'
import type { Display } from './display.ts'
import { readSetup, shows, withAuthorization } from './setup.ts'
import { authorizationOf, COOKIE } from './xauthority.ts'

export interface DisplayToForward {
  readonly display: Display
  /** Where the real cookie is found. */
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** What a shell is told (RFC 4254, 6.3.1). */
export interface X11Request {
  readonly single: false
  readonly protocol: string
  readonly cookie: string
  readonly screen: number
}

const COOKIE_BYTES = 16
/** A client that has connected says who it is. */
const PATIENCE_MS = 30_000

/**
 * Leads the X clients on the host to this computer's display. The host gets a cookie made for this connection alone; only who shows it
 * is let through, and the real one takes its place here.
 */
export function forwardDisplay(client: Client, { display, environment }: DisplayToForward): X11Request {
  const cookie = randomBytes(COOKIE_BYTES)
  client.on('x11', (_details, accept) => void lead(accept()))

  async function lead(channel: ClientChannel) {
    channel.on('error', () => undefined)
    const setup = await setupOf(channel)
    if (!setup || !shows(setup.authorization, cookie)) return channel.destroy()
    const authorization = await authorizationOf(display.number, environment)
    if (channel.destroyed) return
    const socket = connect({ ...display.connect, allowHalfOpen: true })
    socket.once('error', () => channel.destroy())
    socket.write(withAuthorization(setup.bytes, authorization))
    if (setup.rest.length > 0) channel.unshift(setup.rest)
    join(socket, channel)
  }
  return { single: false, protocol: COOKIE, cookie: cookie.toString('hex'), screen: display.screen }
}

type WholeSetup = Extract<ReturnType<typeof readSetup>, { kind: 'whole' }>

/** `undefined`: it is no X client, or it went away. */
function setupOf(channel: ClientChannel): Promise<WholeSetup | undefined> {
  return new Promise((resolve) => {
    let said = Buffer.alloc(0)
    const timer = setTimeout(() => done(undefined), PATIENCE_MS)
    const onReadable = () => {
      for (let chunk: Buffer | null = channel.read(); chunk; chunk = channel.read()) said = Buffer.concat([said, chunk])
      const setup = readSetup(said)
      if (setup.kind === 'whole') done(setup)
      else if (setup.kind === 'broken') done(undefined)
    }
    const onGone = () => done(undefined)
    const done = (setup: WholeSetup | undefined) => {
      clearTimeout(timer)
      channel.off('readable', onReadable).off('end', onGone).off('close', onGone)
      // Node lets go of the listener's way of reading only in the next tick.
      setImmediate(() => resolve(setup))
    }
    channel.on('readable', onReadable).on('end', onGone).on('close', onGone)
  })
}
