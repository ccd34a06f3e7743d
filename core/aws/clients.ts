import type { EC2 } from '@aws-sdk/client-ec2'
import type { EC2InstanceConnect } from '@aws-sdk/client-ec2-instance-connect'
import type { SSM } from '@aws-sdk/client-ssm'
import type { STS } from '@aws-sdk/client-sts'
import type { UserErrorDetails } from '../../contract/errors.ts'
import { type Attempt, toUserError } from './failures.ts'
import { plainText } from './plain-text.ts'
import type { Identity, OpenProfile } from './profiles/profiles.ts'

/** Longer than EC2 takes for a full page, shorter than a person's patience. */
const TIMEOUTS = { connectionTimeout: 5_000, requestTimeout: 30_000, throwOnRequestTimeout: true }
const RETRIES = { maxAttempts: 4, retryMode: 'adaptive' }

type Call<Output, Client = EC2> = (client: Client, options: { abortSignal: AbortSignal }) => Promise<Output>
type AnyClient = EC2 | EC2InstanceConnect | SSM | STS

export interface Clients {
  /** `action` is EC2's, without its prefix. Throws UserErrors only; `signal` ends the call with CANCELLED. */
  ec2<Output>(
    where: { profile: OpenProfile; region: string } & Pick<Attempt, 'instanceId' | 'credentialsWork'>,
    action: string,
    call: Call<Output>,
    signal?: AbortSignal,
  ): Promise<Output>
  instanceConnect<Output>(
    where: { profile: OpenProfile; region: string; instanceId: string },
    action: string,
    call: Call<Output, EC2InstanceConnect>,
    signal?: AbortSignal,
  ): Promise<Output>
  systemsManager<Output>(
    where: { profile: OpenProfile; region: string },
    action: string,
    call: Call<Output, SSM>,
    signal?: AbortSignal,
  ): Promise<Output>
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

  return {
    async ec2({ profile, region, ...facts }, action, call, signal) {
      const endpoint = profile.endpoint('ec2')
      const made: Attempt = { profile: profile.name, action: `ec2:${action}`, login: loginKind(profile), region, endpoint, ...facts }
      const client = await cached(profile, `ec2/${region}`, async () => {
        const { EC2 } = await import('@aws-sdk/client-ec2')
        return new EC2(config(profile, region, endpoint))
      })
      return attempt(profile, made, (options) => call(client, options), signal)
    },
    async instanceConnect({ profile, region, instanceId }, action, call, signal) {
      const endpoint = profile.endpoint('ec2_instance_connect')
      const login = loginKind(profile)
      const made: Attempt = { profile: profile.name, action: `ec2-instance-connect:${action}`, login, region, endpoint, instanceId }
      const client = await cached(profile, `ec2-instance-connect/${region}`, async () => {
        const { EC2InstanceConnect } = await import('@aws-sdk/client-ec2-instance-connect')
        return new EC2InstanceConnect(config(profile, region, endpoint))
      })
      return attempt(profile, made, (options) => call(client, options), signal)
    },
    async systemsManager({ profile, region }, action, call, signal) {
      const endpoint = profile.endpoint('ssm')
      const made: Attempt = { profile: profile.name, action: `ssm:${action}`, login: loginKind(profile), region, endpoint }
      const client = await cached(profile, `ssm/${region}`, async () => {
        const { SSM } = await import('@aws-sdk/client-ssm')
        return new SSM(config(profile, region, endpoint))
      })
      return attempt(profile, made, (options) => call(client, options), signal)
    },
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
