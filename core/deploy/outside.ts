import type { Listening, OutsideLook } from '../../contract/models/deploy.ts'
import type { SecurityRule } from '../../contract/models/network.ts'
import type { Answer } from './http-status.ts'

export interface OutsideFacts {
  readonly address: string | undefined
  readonly port: number
  readonly answer: Answer
  readonly listening: Listening
  /** Whether a rule lets this computer come to the port; unknown where the rules cannot be read. */
  readonly admitted: boolean | undefined
}

/** What asking from outside came to, with the likeliest reason where it came to nothing. */
export function outsideLook({ address, port, answer, listening, admitted }: OutsideFacts): OutsideLook {
  if (address === undefined) return { kind: 'no-address' }
  const url = `http://${address.includes(':') ? `[${address}]` : address}:${port}`
  if (typeof answer === 'number') return { kind: 'answers', url, status: answer }
  // First what is wrong on the machine: a rule would not help then.
  const because =
    listening === 'nowhere' ? 'not-listening' : listening === 'loopback' ? 'loopback' : admitted === false ? 'no-rule' : answer
  return { kind: 'fails', url, because }
}

/** Whether one of the rules lets this computer, or anybody, come to a TCP port over IPv4. */
export function admits(rules: readonly SecurityRule[], port: number): boolean {
  return rules.some(
    ({ direction, protocol, fromPort, toPort, peer, thisComputer }) =>
      direction === 'inbound' &&
      (protocol === '-1' || (protocol === 'tcp' && fromPort !== undefined && toPort !== undefined && fromPort <= port && port <= toPort)) &&
      (thisComputer !== undefined || (peer.kind === 'ipv4' && peer.cidr === '0.0.0.0/0')),
  )
}
