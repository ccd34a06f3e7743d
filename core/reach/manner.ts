import type { Extras } from '../../contract/models/reach.ts'
import type { CoreHost } from '../host.ts'
import { agentPaths, findAgent } from '../ssh/agent.ts'
import type { ConfiguredHost } from '../ssh/config/host.ts'
import type { ConnectOptions } from '../ssh/connect.ts'
import { environmentToSend } from '../ssh/environment.ts'
import { displayOf } from '../ssh/x11/display.ts'

export type Manner = Pick<
  ConnectOptions,
  | 'agent'
  | 'onlyNamedKeys'
  | 'forwardAgent'
  | 'display'
  | 'algorithmWishes'
  | 'keepAlive'
  | 'connectTimeoutMs'
  | 'addressFamily'
  | 'bindAddress'
  | 'loginMethods'
  | 'environment'
>

/** How a connection is to be made, besides who, with what and where: what the ssh_config files say of the host. */
export async function mannerOf(
  configured: ConfiguredHost | undefined,
  useAgent: boolean,
  { forwardX11 }: Extras,
  host: Pick<CoreHost, 'environment' | 'homeFolder'>,
): Promise<Manner> {
  const { environment } = host
  const named = configured?.identityAgent
  const paths = named === undefined ? agentPaths(host) : named === 'none' ? [] : [named]
  const agent = useAgent || named !== undefined ? await findAgent(paths) : undefined
  const { seconds, misses } = configured?.keepAlive ?? {}
  const forwarded = configured?.forwardAgent
  const display = forwardX11 ? displayOf(environment) : undefined
  return {
    agent: agent?.path,
    onlyNamedKeys: configured?.identitiesOnly === true,
    forwardAgent: typeof forwarded === 'object' ? forwarded.socket : forwarded ? (await findAgent(paths))?.path : undefined,
    display: display && { display, environment },
    algorithmWishes: configured?.algorithms,
    ...(configured?.keepAlive ? { keepAlive: { intervalMs: (seconds ?? 15) * 1000, misses: misses ?? 3 } } : {}),
    connectTimeoutMs: configured?.connectTimeoutMs,
    addressFamily: configured?.addressFamily,
    bindAddress: configured?.bindAddress,
    loginMethods: configured?.loginMethods,
    environment: environmentToSend({ send: configured?.sendEnvironment, set: configured?.setEnvironment }, environment),
  }
}
