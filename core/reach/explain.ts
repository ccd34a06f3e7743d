import type { Target } from '../../contract/models/terminal.ts'
import { isUserError, UserError } from '../user-error.ts'
import type { Investigation } from './investigation.ts'
import { wrongKey } from './key-match.ts'

/**
 * Why it failed, where more is known than what was tried: the key that was used is another than the instance's pair, that pair's key is
 * not on this computer, or a line of ~/.ssh/config that could not be read may have said how to get there. Anything else is given back.
 */
export function explainFailure(error: unknown, target: Target, { plan, keys, pair, problems }: Investigation): unknown {
  const refused = isUserError(error, 'AUTHENTICATION_FAILED')
  if (target.kind === 'host') {
    const broken = problems.find((problem) => problem.code === 'SSH_CONFIG_BROKEN')
    const unreached = refused || isUserError(error, 'HOST_UNREACHABLE')
    return broken && unreached ? new UserError(broken.code, broken.details, { cause: error }) : error
  }
  if (isUserError(error, 'HOST_UNREACHABLE') && plan.address) {
    const { host: address, port } = plan.address
    return new UserError('HOST_UNREACHABLE', { ...error.details, address, port }, { cause: error })
  }
  if (!refused) return error
  const { instanceId } = target.ref
  if (plan.key.kind === 'missing') return new UserError('KEY_NOT_FOUND', { keyName: plan.key.keyName, instanceId }, { cause: error })
  if (plan.key.kind === 'instance-connect') {
    const users = error.details.users
    return new UserError('INSTANCE_CONNECT_REFUSED', { instanceId, users, problem: 'key-not-taken' }, { cause: error })
  }
  const [only] = keys
  return (only && keys.length === 1 && wrongKey(only, pair)) ?? error
}
