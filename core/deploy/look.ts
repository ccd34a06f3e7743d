import type { OutsideLook } from '../../contract/models/deploy.ts'
import type { Target } from '../../contract/models/terminal.ts'
import type { Aws } from '../aws/aws.ts'
import type { Network } from '../network/network.ts'
import { askOutside } from './http-status.ts'
import { listeningAt } from './listening.ts'
import { admits, outsideLook } from './outside.ts'

interface LookOptions {
  readonly aws: Aws
  readonly network: Network
  /** What listens on the host; asked only where there is no answer. */
  readonly listens: () => Promise<string>
}

/** Asks for http://address:port from this computer, through `mooring_proxy_url` where the profile has one. */
export async function lookFromOutside(target: Target, port: number, options: LookOptions, signal: AbortSignal): Promise<OutsideLook> {
  const { aws, network, listens } = options
  const ref = target.kind === 'instance' ? target.ref : undefined
  const address = target.kind === 'host' ? target.host : (await aws.inventory.lookUp(target.ref, signal)).publicAddress
  if (address === undefined) return { kind: 'no-address' }
  const answer = await askOutside(address, port, ref && proxyOf(aws.setting(ref.profile, 'mooring_proxy_url')))
  if (typeof answer === 'number') return outsideLook({ address, port, answer, listening: 'everywhere', admitted: undefined })
  // Without the right to read the rules the rest is still known.
  const [table, rules] = await Promise.all([listens(), ref && network.instance(ref).catch(() => undefined)])
  return outsideLook({ address, port, answer, listening: listeningAt(port, table), admitted: rules && admits(rules.rules, port) })
}

function proxyOf(setting: string | undefined): URL | undefined {
  return setting && URL.canParse(setting) ? new URL(setting) : undefined
}
