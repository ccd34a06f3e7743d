import type { UserErrorDetails } from '../../contract/errors.ts'
import { cancelled, UserError } from '../user-error.ts'
import { plainText } from './plain-text.ts'

/** What was being done when it failed. */
export interface Attempt {
  readonly profile: string
  /** As IAM names it: `ec2:DescribeInstances`. */
  readonly action: string
  /** What expires when AWS says that something did. */
  readonly login?: UserErrorDetails['AWS_LOGIN_EXPIRED']['kind'] | undefined
  readonly region?: string | undefined
  /** AWS has just accepted the same credentials elsewhere: what it does not know then is the region. */
  readonly credentialsWork?: boolean | undefined
  readonly instanceId?: string | undefined
  readonly endpoint?: string | undefined
}

/** What the SDK threw, as one thing that a person can act on. Never a secret: of AWS's own words only the message is used. */
export function toUserError(error: unknown, attempt: Attempt): UserError {
  const known = findUserError(error)
  if (known) return known
  const facts = readError(error)
  const make = fromNetwork(facts, attempt) ?? fromService(facts, attempt)
  return new UserError(make.code, make.details, { cause: error })
}

interface Facts {
  /** AWS's code, or Node's. */
  readonly code: string
  readonly message: string
  /** The server's clock minus ours. */
  readonly skewSeconds: number | undefined
  readonly fromService: boolean
}
type Made = { [Code in keyof UserErrorDetails]: { code: Code; details: UserErrorDetails[Code] } }[keyof UserErrorDetails]

const NETWORK: Readonly<Record<string, UserErrorDetails['AWS_UNREACHABLE']['reason']>> = {
  ENOTFOUND: 'unknown-name',
  EAI_AGAIN: 'unknown-name',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
  TimeoutError: 'timeout',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
}

function fromNetwork({ code, fromService }: Facts, { endpoint, action, region }: Attempt): Made | undefined {
  const reason = fromService ? undefined : NETWORK[code]
  if (!reason) return undefined
  const service = action.split(':')[0] ?? action
  return {
    code: 'AWS_UNREACHABLE',
    details: { endpoint: endpoint ?? [service, region, 'amazonaws.com'].filter(Boolean).join('.'), reason },
  }
}

const CREDENTIALS_INVALID = new Set([
  'AuthFailure',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'IncompleteSignature',
  'MissingAuthenticationToken',
  'UnrecognizedClientException',
])
const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'InvalidGrantException', 'UnauthorizedException'])
const NOT_ALLOWED = new Set([
  'UnauthorizedOperation',
  'AccessDenied',
  'AccessDeniedException',
  'ForbiddenException',
  'NotAuthorized',
  // EC2 Instance Connect's.
  'AuthException',
])
const THROTTLED = new Set([
  'RequestLimitExceeded',
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'EC2ThrottledException',
  'TooManyRequestsException',
  'SlowDown',
])
/** AWS itself allows five minutes; the SDK corrects smaller differences without a word. */
const CLOCK_TOLERANCE_SECONDS = 4 * 60

function fromService({ code, message, skewSeconds }: Facts, attempt: Attempt): Made {
  const { profile, action, region, instanceId } = attempt
  const clockIsWrong = skewSeconds !== undefined && Math.abs(skewSeconds) > CLOCK_TOLERANCE_SECONDS
  if (/InvalidInstanceID|^EC2InstanceNotFoundException$/.test(code) && instanceId)
    return { code: 'INSTANCE_NOT_FOUND', details: { instanceId } }
  if (
    code === 'RequestTimeTooSkewed' ||
    /Signature (expired|not yet current)/.test(message) ||
    (clockIsWrong && code === 'RequestExpired')
  ) {
    return { code: 'AWS_CLOCK_WRONG', details: clockIsWrong ? { skewSeconds } : {} }
  }
  if (/MultiFactorAuthentication failed/.test(message)) return { code: 'AWS_MFA_REFUSED', details: { profile } }
  if (EXPIRED.has(code)) return { code: 'AWS_LOGIN_EXPIRED', details: { profile, kind: attempt.login ?? 'session' } }
  if (code === 'OptInRequired' || (code === 'AuthFailure' && attempt.credentialsWork)) {
    if (region) return { code: 'AWS_REGION_DISABLED', details: { profile, region } }
  }
  if (CREDENTIALS_INVALID.has(code)) return { code: 'AWS_CREDENTIALS_INVALID', details: { profile } }
  if (NOT_ALLOWED.has(code)) return { code: 'AWS_NOT_ALLOWED', details: { profile, action: deniedAction(message) ?? action } }
  if (THROTTLED.has(code)) return { code: 'AWS_THROTTLED', details: { profile, action } }
  if (code === 'CredentialsProviderError' || code === 'TokenProviderError')
    return { code: 'AWS_NO_CREDENTIALS', details: { profile, problem: message } }
  return { code: 'AWS_REFUSED', details: { action, awsCode: code, message } }
}

/** IAM's sentence names the action that is missing, which need not be the one that was called. */
function deniedAction(message: string): string | undefined {
  return /not authorized to perform: ([a-z0-9-]+:[A-Za-z0-9*]+)/.exec(message)?.[1]
}

function findUserError(error: unknown): UserError | undefined {
  if (error instanceof UserError) return error
  if (!(error instanceof Error)) return undefined
  if (error.name === 'AbortError') return cancelled()
  return error.cause instanceof UserError ? error.cause : undefined
}

function readError(error: unknown): Facts {
  if (!(error instanceof Error)) return { code: 'Unknown', message: '', skewSeconds: undefined, fromService: false }
  const { code, Code, error_description, $response, $metadata, cause } = error as Error & {
    code?: unknown
    Code?: unknown
    /** Where OAuth (RFC 6749, 5.2) has its sentence. */
    error_description?: string
    $response?: { headers?: Record<string, string> }
    $metadata?: { httpStatusCode?: number }
  }
  const fromService = $metadata?.httpStatusCode !== undefined
  const ofCause = cause instanceof Error ? (cause as NodeJS.ErrnoException).code : undefined
  const named = [fromService ? undefined : code, fromService ? undefined : ofCause, error.name, Code].find(
    (value): value is string => typeof value === 'string' && value !== '' && value !== 'Error',
  )
  const date = Date.parse($response?.headers?.date ?? '')
  return {
    code: plainText(named ?? (fromService ? `HTTP ${$metadata.httpStatusCode}` : 'Unknown'), 100),
    message: plainText(error_description || error.message, 500),
    skewSeconds: Number.isNaN(date) ? undefined : Math.round((date - Date.now()) / 1000),
    fromService,
  }
}
