import type { CloudWatch } from '@aws-sdk/client-cloudwatch'
import type { DLM } from '@aws-sdk/client-dlm'
import type { EC2 } from '@aws-sdk/client-ec2'
import type { EC2InstanceConnect } from '@aws-sdk/client-ec2-instance-connect'
import type { Pricing } from '@aws-sdk/client-pricing'
import type { RDS } from '@aws-sdk/client-rds'
import type { SSM } from '@aws-sdk/client-ssm'
import type { STS } from '@aws-sdk/client-sts'
import type { UserErrorDetails } from '../../contract/errors.ts'
import type { Service as ServiceName } from './config/endpoints.ts'
import { type Attempt, toUserError } from './failures.ts'
import { plainText } from './plain-text.ts'
import type { Identity, OpenProfile } from './profiles/profiles.ts'

/** Longer than EC2 takes for a full page, shorter than a person's patience. */
const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true }
const RETRIES = { maxAttempts: 4, retryMode: 'adaptive' }

type AnyClient = CloudWatch | DLM | EC2 | EC2InstanceConnect | Pricing | RDS | SSM | STS
type Where = { readonly profile: OpenProfile; readonly region: string } & Pick<Attempt, 'instanceId' | 'credentialsWork'>

/** `action` is the service's, without its prefix. Throws UserErrors only; `signal` ends the call with CANCELLED. */
type Service<Client> = <Output>(
  where: Where,
  action: string,
  call: (client: Client, options: { abortSignal: AbortSignal }) => Promise<Output>,
  signal?: AbortSignal,
) => Promise<Output>

export interface Clients {
  readonly ec2: Service<EC2>
  readonly instanceConnect: Service<EC2InstanceConnect>
  readonly cloudWatch: Service<CloudWatch>
  /** Data Lifecycle Manager. */
  readonly dlm: Service<DLM>
  readonly pricing: Service<Pricing>
  readonly rds: Service<RDS>
  readonly systemsManager: Service<SSM>
  identify(profile: OpenProfile): Promise<Identity>
  close(): void
}

/** The SDK's clients: loaded when first used, one a profile and region, gone with the profile that they were made for. */
export function createClients(): Clients {
  const clients = new WeakMap<OpenProfile, Map<string, Promise<AnyClient>>>()
  const closing = new AbortController()

  function cached<Client extends AnyClient>(profile: OpenProfile, key: string, make: () => Promise<Client>): Promise<Client> {
    const ofProfile = clients.get(profile) ?? new Map<string, Promise<AnyClient>>()
    clients.set(profile, ofProfile)
    const made = ofProfile.get(key) ?? make()
    ofProfile.set(key, made)
    return made as Promise<Client>
  }
  async function attempt<Output>(
    profile: OpenProfile,
    attempt: Attempt,
    call: (options: { abortSignal: AbortSignal }) => Promise<Output>,
    signal?: AbortSignal,
  ) {
    const abortSignal = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal
    try {
      abortSignal.throwIfAborted()
      return await call({ abortSignal })
    } catch (error) {
      const known = toUserError(error, attempt)
      if (known.code === 'AWS_LOGIN_EXPIRED' || known.code === 'AWS_CREDENTIALS_INVALID') {
        profile.credentials.forget()
        // The clients keep what they were given for as long as they live.
        clients.delete(profile)
      }
      throw known
    }
  }

  /** `prefix`: of its actions' names, as a policy has them. */
  function service<Client extends AnyClient>(
    name: ServiceName,
    prefix: string,
    make: (options: ReturnType<typeof config>) => Promise<Client>,
  ): Service<Client> {
    return async ({ profile, region, ...facts }, action, call, signal) => {
      const endpoint = profile.endpoint(name)
      const login = loginKind(profile)
      const made: Attempt = { profile: profile.name, action: `${prefix}:${action}`, login, region, endpoint, ...facts }
      const client = await cached(profile, `${prefix}/${region}`, () => make(config(profile, region, endpoint)))
      return attempt(profile, made, (options) => call(client, options), signal)
    }
  }

  return {
    ec2: service('ec2', 'ec2', async (options) => new (await import('@aws-sdk/client-ec2')).EC2(options)),
    instanceConnect: service('ec2_instance_connect', 'ec2-instance-connect', async (options) => {
      const { EC2InstanceConnect } = await import('@aws-sdk/client-ec2-instance-connect')
      return new EC2InstanceConnect(options)
    }),
    cloudWatch: service(
      'cloudwatch',
      'cloudwatch',
      async (options) => new (await import('@aws-sdk/client-cloudwatch')).CloudWatch(options),
    ),
    dlm: service('dlm', 'dlm', async (options) => new (await import('@aws-sdk/client-dlm')).DLM(options)),
    pricing: service('pricing', 'pricing', async (options) => new (await import('@aws-sdk/client-pricing')).Pricing(options)),
    rds: service('rds', 'rds', async (options) => new (await import('@aws-sdk/client-rds')).RDS(options)),
    systemsManager: service('ssm', 'ssm', async (options) => new (await import('@aws-sdk/client-ssm')).SSM(options)),
    async identify(profile) {
      const endpoint = profile.endpoint('sts')
      const client = await cached(profile, 'sts', async () => {
        const { STS } = await import('@aws-sdk/client-sts')
        return new STS(config(profile, profile.firstRegion, endpoint))
      })
      const made: Attempt = { profile: profile.name, action: 'sts:GetCallerIdentity', login: loginKind(profile), endpoint }
      const { Account, Arn } = await attempt(profile, made, (options) => client.getCallerIdentity({}, options))
      return { accountId: plainText(Account ?? '', 32), arn: plainText(Arn ?? '', 2048) }
    },
    close: () => closing.abort(),
  }
}

function config(profile: OpenProfile, region: string, endpoint: string | undefined) {
  const { section } = profile
  return {
    ...RETRIES,
    region,
    credentials: () => profile.credentials.get(),
    requestHandler: TIMEOUTS,
    useFipsEndpoint: section.use_fips_endpoint === 'true',
    useDualstackEndpoint: section.use_dualstack_endpoint === 'true',
    ...(endpoint ? { endpoint } : {}),
  }
}

function loginKind({ plan }: OpenProfile): UserErrorDetails['AWS_LOGIN_EXPIRED']['kind'] {
  if (plan.kind === 'sso') return 'sso'
  return plan.kind === 'assume-role' || plan.kind === 'web-identity' ? 'role' : 'session'
}
