import type { InstanceRef } from '../../contract/models/instance.ts'
import { isUserError, UserError } from '../user-error.ts'
import type { Clients } from './clients.ts'
import type { Profiles } from './profiles/profiles.ts'

/** EC2 Instance Connect: a public key that opens one login for a minute. */
export interface InstanceConnect {
  /** `publicKey` as a line of authorized_keys. Throws UserError INSTANCE_CONNECT_REFUSED, AWS_NOT_ALLOWED and what AWS answers. */
  sendKey(ref: InstanceRef, user: string, publicKey: string, signal: AbortSignal): Promise<void>
}

export function createInstanceConnect(profiles: Profiles, clients: Clients): InstanceConnect {
  return {
    async sendKey({ profile, region, instanceId }, user, publicKey, signal) {
      const input = { InstanceId: instanceId, InstanceOSUser: user, SSHPublicKey: publicKey }
      try {
        const where = { profile: profiles.open(profile), region, instanceId }
        await clients.instanceConnect(where, 'SendSSHPublicKey', (client, options) => client.sendSSHPublicKey(input, options), signal)
      } catch (error) {
        throw refused(error, instanceId, user)
      }
    },
  }
}

const PROBLEMS = { EC2InstanceStateInvalidException: 'not-running', EC2InstanceUnavailableException: 'unavailable' } as const

function refused(error: unknown, instanceId: string, user: string): unknown {
  if (!isUserError(error, 'AWS_REFUSED')) return error
  const problem = PROBLEMS[error.details.awsCode as keyof typeof PROBLEMS]
  return problem ? new UserError('INSTANCE_CONNECT_REFUSED', { instanceId, users: [user], problem }, { cause: error }) : error
}
