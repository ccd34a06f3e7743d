import { isUserError, UserError } from '../user-error.ts'

/** What git said, as what can be done about it. */
export function gitFailure(error: unknown, address: string, publicKey: string | undefined): unknown {
  if (!isUserError(error, 'DEPLOY_STEP_FAILED')) return error
  const problem = gitProblem(error.details.said)
  if (!problem) return error
  return new UserError('DEPLOY_GIT_REFUSED', { address, problem, ...(publicKey ? { publicKey } : {}) }, { cause: error })
}

export function gitProblem(said: string): 'not-allowed' | 'no-branch' | 'unreachable' | undefined {
  if (/Remote branch .* not found|couldn't find remote ref/i.test(said)) return 'no-branch'
  if (/Could not resolve host|Connection (?:refused|timed out)|unable to connect|Failed to connect|Network is unreachable/i.test(said))
    return 'unreachable'
  // A private repository is to a stranger one that is not there.
  if (
    /Permission denied|Authentication failed|could not read Username|Repository not found|access denied|not exported|does not appear to be a git repository/i.test(
      said,
    )
  )
    return 'not-allowed'
  return undefined
}
