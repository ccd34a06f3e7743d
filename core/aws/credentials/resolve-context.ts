import type { Prompts } from '../../prompts/prompts.ts'
import type { ConfigPaths } from '../config/config-files.ts'
import type { Service } from '../config/endpoints.ts'
import { toUserError } from '../failures.ts'

/** What the SDK's clients sign with. */
export interface AwsIdentity {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
  readonly expiration?: Date
}

export interface ResolveContext {
  readonly profile: string
  /** For STS. */
  readonly region: string
  readonly paths: ConfigPaths
  readonly homeFolder: string
  readonly prompts: Prompts
  endpoint(service: Service): string | undefined
  /** Absent: the person is not to be asked anything. */
  readonly interactive?: { readonly signal?: AbortSignal | undefined } | undefined
}

/** A person waits for these calls; AWS answers them in well under a second. */
export const CLIENT = { maxAttempts: 3, requestHandler: { connectionTimeout: 5_000, requestTimeout: 15_000, throwOnRequestTimeout: true } }

/** Throws what the SDK threw as what a person can act on. */
export function fail(
  cause: unknown,
  { profile }: ResolveContext,
  action: string,
  login: 'sso' | 'session' | 'role',
  endpoint: string | undefined,
): never {
  throw toUserError(cause, { profile, action, login, endpoint })
}
