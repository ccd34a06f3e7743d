import type { UserErrorData } from '../../contract/errors.ts'
import type { AddressChoice, ReachPlan } from '../../contract/models/reach.ts'
import type { Aws } from '../aws/aws.ts'
import type { CoreHost } from '../host.ts'
import { certificatesIn } from '../keys/certificates.ts'
import type { Identity, Keys } from '../keys/keys.ts'
import type { Log } from '../log.ts'
import type { Certificate } from '../ssh/certificate.ts'
import type { ConfigCommand, ConfiguredHost } from '../ssh/config/host.ts'
import type { KnownHosts } from '../ssh/known-hosts.ts'
import type { HostIdentity } from './host-key-verifier.ts'
import type { KeyPairFacts } from './instance-facts.ts'
import type { Memory } from './memory.ts'
import type { Through } from './through.ts'

/** Where names, keys and trust come from: the person's own files, or the practice cloud's. */
export interface World {
  /** The practice cloud's serial consoles show this key; AWS's, the one that AWS has published. */
  readonly serialConsoleFingerprint?: string
  readonly configFiles: readonly string[]
  readonly knownHosts: KnownHosts
  readonly memory: Memory
}

export interface Sources {
  readonly host: Pick<CoreHost, 'homeFolder' | 'environment'>
  /** Commands of `Match exec`; `undefined`: nobody has agreed to it. */
  readonly run: (command: ConfigCommand) => Promise<boolean | undefined>
  readonly aws: Pick<Aws, 'facts' | 'instanceConnect' | 'inventory' | 'profiles'>
  readonly keys: Keys
  /** The person wants EC2 Instance Connect by itself. */
  readonly instanceConnectByItself: () => boolean
  readonly log: Log
}

/** Everything found out about a target, before anything is connected to. */
export interface Investigation {
  readonly name: string
  readonly plan: ReachPlan
  readonly address: AddressChoice | undefined
  /** A private address that nobody chose: good only if it answers. */
  readonly doubtful: boolean
  /** Among the keys of this computer, those to try, best first. */
  readonly keys: readonly Identity[]
  /** Of those keys and the agent's. */
  readonly certificates: readonly Certificate[]
  /** Those of an agent may be tried as well. */
  readonly agent: boolean
  readonly pair: KeyPairFacts | undefined
  readonly identity: HostIdentity
  readonly hostKeyTypes: readonly string[]
  /** An `@cert-authority` of known_hosts may vouch for it. */
  readonly hostCertificates: boolean
  readonly memoryKey: string
  /** SSH_CONFIG_BROKEN, SSH_CONFIG_UNSUPPORTED: lines of ~/.ssh/config that did not count. */
  readonly problems: readonly UserErrorData[]
  /** What the files say of it. */
  readonly configured: ConfiguredHost | undefined
  readonly through: Through | undefined
}

/** All keys, with those that ~/.ssh/config names wherever they are: from then on the app knows them. */
export async function listKeys(keys: Keys, configured: ConfiguredHost | undefined, log: Log): Promise<readonly Identity[]> {
  const identities = await keys.list()
  const unknown = (configured?.identityFiles ?? []).filter((file) => !identities.some(({ key }) => key.path === file))
  if (unknown.length === 0) return identities
  const added = await Promise.allSettled(unknown.map((file) => keys.addPath(file)))
  for (const { reason } of added.filter((result) => result.status === 'rejected'))
    log.info({ err: reason }, 'a key that ~/.ssh/config names')
  return keys.list()
}

/** Those that ~/.ssh/config names, and all that are known of the keys. */
export async function listCertificates(
  identities: readonly Identity[],
  configured: ConfiguredHost | undefined,
): Promise<readonly Certificate[]> {
  const named = await Promise.all((configured?.certificateFiles ?? []).map(certificatesIn))
  return [...named.flat(), ...identities.flatMap(({ certificates = [] }) => certificates)]
}
