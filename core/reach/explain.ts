import type { Target } from '../../contract/models/terminal.ts'
import { isUserError, UserError } from '../user-error.ts'
import type { Investigation } from './investigation.ts'
import { wrongKey } from './key-match.ts'

/**
 * Why the server said no, where more is known than what was tried: the key that was used is another than the instance's pair, or
 * that pair's key is not on this computer. Anything else is given back as it is.
 */
export function explainFailure(error: unknown, target: Target, { plan, keys, pair }: Investigation): unknown {
  if (!isUserError(error, 'AUTHENTICATION_FAILED') || target.kind !== 'instance') return error
  const { instanceId } = target.ref
  if (plan.key.kind === 'missing') return new UserError('KEY_NOT_FOUND', { keyName: plan.key.keyName, instanceId }, { cause: error })
  const [only] = keys
  return (only && keys.length === 1 && wrongKey(only, pair)) ?? error
}
