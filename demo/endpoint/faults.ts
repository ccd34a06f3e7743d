import { accountId } from '../machines/catalog.ts'
import { AwsError } from './aws-error.ts'

/** Which calls: every field that is given must match. */
interface CallMatch {
  /** As `DescribeInstances`. */
  readonly action?: string
  readonly region?: string
}
export interface Failure extends CallMatch {
  /** AWS's, as `UnauthorizedOperation`; its usual message and status are known. */
  readonly code: string
  readonly message?: string
  readonly status?: number
  /** How many calls; absent: all, until `clear`. */
  readonly times?: number
}
export interface Delay extends CallMatch {
  readonly ms: number
  readonly times?: number
  /** Only the answer comes late: what was asked for is done at once. */
  readonly answered?: true
}

/** What shall go wrong, and how slowly, on purpose. */
export interface Faults {
  fail(failure: Failure): void
  delay(delay: Delay): void
  clear(): void
  /** Waits and throws as was asked for. */
  apply(action: string, region: string, service: string): Promise<void>
  /** Waits with the answer as was asked for. */
  answer(action: string, region: string): Promise<void>
}

export function createFaults(): Faults {
  let failures: (Failure & { left: number })[] = []
  let delays: (Delay & { left: number })[] = []
  const counted = <Fault extends { readonly times?: number }>(fault: Fault) => ({ ...fault, left: fault.times ?? Number.POSITIVE_INFINITY })

  function take<Fault extends CallMatch & { left: number }>(faults: readonly Fault[], action: string, region: string): Fault | undefined {
    const found = faults.find((fault) => fault.left > 0 && (fault.action ?? action) === action && (fault.region ?? region) === region)
    if (found) found.left--
    return found
  }

  return {
    fail: (failure) => failures.push(counted(failure)),
    delay: (delay) => delays.push(counted(delay)),
    clear() {
      failures = []
      delays = []
    },
    async apply(action, region, service) {
      const failure = take(failures, action, region)
      const delay = take(
        delays.filter(({ answered }) => !answered),
        action,
        region,
      )
      if (delay) await new Promise((resolve) => setTimeout(resolve, delay.ms))
      if (failure) throw new AwsError(failure.code, failure.message ?? notAllowed(failure.code, `${service}:${action}`), failure.status)
    },
    async answer(action, region) {
      const delay = take(
        delays.filter(({ answered }) => answered),
        action,
        region,
      )
      if (delay) await new Promise((resolve) => setTimeout(resolve, delay.ms))
    },
  }
}

/** The sentence names the action that the policy lacks. */
function notAllowed(code: string, action: string): string | undefined {
  const user = `arn:aws:iam::${accountId}:user/practice`
  const missing = `User: ${user} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`
  if (code === 'AccessDeniedException' || code === 'AccessDenied') return missing
  return code === 'UnauthorizedOperation' ? `You are not authorized to perform this operation. ${missing}` : undefined
}
