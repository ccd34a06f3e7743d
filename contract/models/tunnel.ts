import { z } from 'zod'
import { userErrorData } from '../errors.ts'
import { hostName, portNumber, target, traceStep } from './terminal.ts'

const address = hostName

/** `bind`: where it listens, on this computer or (remote) on the host. `to`: as seen from the other end. */
export const forward = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('local'), bindAddress: address, bindPort: portNumber, toHost: hostName, toPort: portNumber }),
  z.object({ kind: z.literal('remote'), bindAddress: address, bindPort: portNumber, toHost: hostName, toPort: portNumber }),
  /** SOCKS5 (RFC 1928) and SOCKS4a; who connects says where to. */
  z.object({ kind: z.literal('dynamic'), bindAddress: address, bindPort: portNumber }),
])
export type Forward = z.infer<typeof forward>

export const tunnel = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(200),
  target,
  forward,
  /** The person said in so many words that other computers may use it; without this only loopback addresses are bound. */
  exposed: z.boolean(),
  startWithApp: z.boolean(),
  /** Starts with the first terminal on its target, and ends with the last. */
  startWithTerminal: z.boolean().optional(),
})
export type Tunnel = z.infer<typeof tunnel>

export const tunnelPhase = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stopped') }),
  z.object({ kind: z.literal('starting'), step: traceStep.optional() }),
  z.object({ kind: z.literal('open') }),
  z.object({ kind: z.literal('failed'), error: userErrorData }),
  /** There is no connection, or none any more. `retryAt` ISO 8601: when it tries again by itself. */
  z.object({ kind: z.literal('lost'), error: userErrorData, retryAt: z.string() }),
])
export type TunnelPhase = z.infer<typeof tunnelPhase>

export const tunnelState = tunnel.extend({
  phase: tunnelPhase,
  /** Open now. */
  connections: z.int(),
  /** Bytes since it was started, to this computer and from it. */
  received: z.number(),
  sent: z.number(),
  /** Bytes a second just now, to this computer and from it. */
  receiving: z.number(),
  sending: z.number(),
  /** What the last connection that could not be made met; gone with the next one that can. */
  trouble: userErrorData.optional(),
})
export type TunnelState = z.infer<typeof tunnelState>

/** This computer alone: 127.0.0.0/8, ::1 and the name for both. */
export function isLoopback(bindAddress: string): boolean {
  return bindAddress === 'localhost' || bindAddress === '::1' || /^127(\.\d{1,3}){3}$/.test(bindAddress)
}
