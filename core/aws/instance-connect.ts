import type { InstanceRef } from '../../contract/models/instance.ts'
import { isUserError, UserError } from '../user-error.ts'
import type { Clients } from './clients.ts'
import type { Profiles } from './profiles/profiles.ts'

/** EC2 Instance Connect: a public key that opens one login for a minute. */
export interface InstanceConnect {
  /** `publicKey` as a line of authorized_keys. Throws UserError INSTANCE_CONNECT_REFUSED, AWS_NOT_ALLOWED and what AWS answers. */
  sendKey(ref: InstanceRef, user: string, publicKey: string, signal: AbortSignal): Promise<void>
  /** `undefined`: nobody may know. */
  serialConsoleIsOn(ref: InstanceRef, signal: AbortSignal): Promise<boolean | undefined>
  /** Throws UserError SERIAL_CONSOLE_REFUSED, AWS_NOT_ALLOWED and what AWS answers. */
  sendSerialKey(ref: InstanceRef, publicKey: string, signal: AbortSignal): Promise<void>
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
    async serialConsoleIsOn({ profile, region }, signal) {
      try {
        const where = { profile: profiles.open(profile), region }
        const { SerialConsoleAccessEnabled } = await clients.ec2(
          where,
          'GetSerialConsoleAccessStatus',
          (ec2, options) => ec2.getSerialConsoleAccessStatus({}, options),
          signal,
        )
        return SerialConsoleAccessEnabled
      } catch (error) {
        if (isUserError(error, 'AWS_NOT_ALLOWED') || isUserError(error, 'AWS_REFUSED')) return undefined
        throw error
      }
    },
    async sendSerialKey({ profile, region, instanceId }, publicKey, signal) {
      const input = { InstanceId: instanceId, SerialPort: 0, SSHPublicKey: publicKey }
      try {
        const where = { profile: profiles.open(profile), region, instanceId }
        await clients.instanceConnect(
          where,
          'SendSerialConsoleSSHPublicKey',
          (client, options) => client.sendSerialConsoleSSHPublicKey(input, options),
          signal,
        )
      } catch (error) {
        const problem = isUserError(error, 'AWS_REFUSED')
          ? SERIAL_PROBLEMS[error.details.awsCode as keyof typeof SERIAL_PROBLEMS]
          : undefined
        throw problem ? new UserError('SERIAL_CONSOLE_REFUSED', { instanceId, region, problem }, { cause: error }) : error
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

const SERIAL_PROBLEMS = {
  EC2InstanceTypeInvalidException: 'not-nitro',
  SerialConsoleAccessDisabledException: 'off',
  SerialConsoleSessionDisabledException: 'off',
  SerialConsoleSessionLimitExceededException: 'in-use',
  SerialConsoleSessionUnavailableException: 'unavailable',
  EC2InstanceUnavailableException: 'unavailable',
  EC2InstanceStateInvalidException: 'not-running',
} as const
