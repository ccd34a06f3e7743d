import type { InstanceRef } from '../../contract/models/instance.ts'
import { isUserError } from '../user-error.ts'
import type { Clients } from './clients.ts'
import type { Profiles } from './profiles/profiles.ts'

/** What there is to see of an instance when nobody can log in. All of it is whatever its root, or its image's author, wants it to be. */
export interface InstanceConsoles {
  log(ref: InstanceRef, signal?: AbortSignal): Promise<{ bytes: Buffer; at: Date | undefined; latest: boolean }>
  screenshot(ref: InstanceRef, signal?: AbortSignal): Promise<Buffer>
}

export function createConsoles(profiles: Profiles, clients: Clients): InstanceConsoles {
  const at = ({ profile, region, instanceId }: InstanceRef) => ({ profile: profiles.open(profile), region, instanceId })

  async function read(ref: InstanceRef, latest: boolean, signal: AbortSignal | undefined) {
    const input = { InstanceId: ref.instanceId, ...(latest ? { Latest: true } : {}) }
    const { Output, Timestamp } = await clients.ec2(
      at(ref),
      'GetConsoleOutput',
      (ec2, options) => ec2.getConsoleOutput(input, options),
      signal,
    )
    return { bytes: Buffer.from(Output ?? '', 'base64'), at: Timestamp, latest }
  }

  return {
    async log(ref, signal) {
      try {
        return await read(ref, true, signal)
      } catch (error) {
        // Instances that are not on Nitro have only what was kept at their last start.
        if (!isUserError(error, 'AWS_REFUSED') || !UNSUPPORTED.has(error.details.awsCode)) throw error
        return read(ref, false, signal)
      }
    },
    async screenshot(ref, signal) {
      const { ImageData } = await clients.ec2(
        at(ref),
        'GetConsoleScreenshot',
        (ec2, options) => ec2.getConsoleScreenshot({ InstanceId: ref.instanceId }, options),
        signal,
      )
      return Buffer.from(ImageData ?? '', 'base64')
    },
  }
}

const UNSUPPORTED = new Set(['UnsupportedOperation', 'InvalidParameterCombination'])
