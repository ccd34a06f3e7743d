import type { z } from 'zod'
import type { consoleLog, consoleScreenshot } from '../../contract/models/console.ts'
import type { InstanceRef } from '../../contract/models/instance.ts'
import type { InstanceConsoles } from '../aws/console.ts'
import { plainText } from '../ssh/login/server-text.ts'
import { isUserError, UserError } from '../user-error.ts'

export interface Consoles {
  /** Throws what AWS answers. */
  log(ref: InstanceRef, signal?: AbortSignal): Promise<z.infer<typeof consoleLog>>
  /** Throws UserError SCREENSHOT_UNAVAILABLE, and what AWS answers. */
  screenshot(ref: InstanceRef, signal?: AbortSignal): Promise<z.infer<typeof consoleScreenshot>>
}

/** AWS keeps 64 KiB. */
const MAX_LOG = 256 * 1024
const MAX_IMAGE = 4 * 1024 * 1024
const JPEG = Buffer.of(0xff, 0xd8, 0xff)

/** What an instance showed on its console, made harmless. */
export function createConsoles(aws: InstanceConsoles): Consoles {
  return {
    async log(ref, signal) {
      const { bytes, at, latest } = await aws.log(ref, signal)
      // What counts is at its end.
      const text = plainText(bytes.subarray(-MAX_LOG).toString('utf8').replace(/\r+\n/g, '\n'), MAX_LOG)
      return { text, latest, ...(at ? { at: at.toISOString() } : {}) }
    },
    async screenshot(ref, signal) {
      const { instanceId } = ref
      const image = await aws.screenshot(ref, signal).catch((error: unknown) => {
        const unsupported = isUserError(error, 'AWS_REFUSED') && error.details.awsCode === 'UnsupportedOperation'
        throw unsupported ? new UserError('SCREENSHOT_UNAVAILABLE', { instanceId, problem: 'unsupported' }, { cause: error }) : error
      })
      if (image.length > MAX_IMAGE || !image.subarray(0, JPEG.length).equals(JPEG))
        throw new UserError('SCREENSHOT_UNAVAILABLE', { instanceId, problem: 'damaged' })
      return { image: image.toString('base64') }
    },
  }
}
