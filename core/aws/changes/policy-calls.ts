import type { DLM } from '@aws-sdk/client-dlm'
import type { ChangeCalls, Place } from '../../changes/facts.ts'
import type { CallStep } from '../../changes/step.ts'
import { isUserError, UserError } from '../../user-error.ts'
import type { Clients } from '../clients.ts'
import { plainText } from '../plain-text.ts'
import type { Profiles } from '../profiles/profiles.ts'

type PolicyCalls = Pick<ChangeCalls, 'policy' | 'account' | 'send'>

/** What a change asks of Data Lifecycle Manager. */
export function createPolicyCalls(profiles: Profiles, clients: Clients): PolicyCalls {
  const at = ({ profile, region }: Place) => ({ profile: profiles.open(profile), region })
  return {
    async policy(place, policyId) {
      const { Policy } = await clients.dlm(at(place), 'GetLifecyclePolicy', (dlm, options) =>
        dlm.getLifecyclePolicy({ PolicyId: policyId }, options),
      )
      if (!Policy?.PolicyDetails) throw new UserError('NOT_FOUND', { what: policyId })
      const { Description = '', State = 'DISABLED', ExecutionRoleArn = '', PolicyDetails } = Policy
      const [description, roleArn] = [plainText(Description, 500), plainText(ExecutionRoleArn, 2048)]
      return { id: policyId, description, state: State, roleArn, details: PolicyDetails }
    },
    async account({ profile }) {
      const { accountId, arn } = await clients.identify(profiles.open(profile))
      return { id: accountId, partition: arn.split(':')[1] || 'aws' }
    },
    async send(place, { action, input }) {
      const method = `${action[0]?.toLowerCase()}${action.slice(1)}` as Uncapitalize<CallStep['action']> & keyof DLM
      try {
        return await clients.dlm(at(place), action, (dlm, options) => {
          // Each of the union's calls takes its own input, which TypeScript does not follow through a name.
          const call = dlm[method] as (input: object, options: object) => Promise<unknown>
          return call.call(dlm, input, options)
        })
      } catch (error) {
        throw roleRefused(error, place, input) ?? error
      }
    },
  }
}

/** DLM has no error of its own for a role that is not there: it is an invalid request, whose sentence speaks of the role. */
function roleRefused(error: unknown, { profile, region }: Place, input: CallStep['input']): UserError | undefined {
  if (!isUserError(error, 'AWS_REFUSED') || error.details.awsCode !== 'InvalidRequestException') return undefined
  if (!('ExecutionRoleArn' in input) || !/\brole\b/i.test(error.details.message)) return undefined
  const details = { role: input.ExecutionRoleArn ?? '', profile, region, said: error.details.message }
  return new UserError('BACKUP_ROLE_REFUSED', details, { cause: error })
}
