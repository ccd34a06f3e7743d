import type { InstanceRef } from '../../contract/models/instance.ts'
import type { Aws } from '../aws/aws.ts'
import type { Keys } from '../keys/keys.ts'
import type { Reach } from '../reach/reach.ts'
import { UserError } from '../user-error.ts'
import { decryptPassword } from './decrypt-password.ts'

interface Services {
  readonly aws: Pick<Aws, 'instances'>
  readonly keys: Pick<Keys, 'load'>
  readonly reach: Pick<Reach, 'plan'>
}

/**
 * The administrator's password, opened with the key that the instance was launched with; an encrypted key asks as always. Throws UserError
 * WINDOWS_PASSWORD_NOT_READY, KEY_NOT_FOUND, KEY_WRONG, what `load` throws, and what AWS answers.
 */
export async function readPassword(ref: InstanceRef, { aws, keys, reach }: Services, signal: AbortSignal | undefined): Promise<string> {
  const { instanceId } = ref
  const data = await aws.instances.passwordData(ref, signal)
  if (data === '') throw new UserError('WINDOWS_PASSWORD_NOT_READY', { instanceId })
  const { key } = await reach.plan({ kind: 'instance', ref })
  if (key.kind !== 'found') throw new UserError('KEY_NOT_FOUND', { keyName: key.kind === 'missing' ? key.keyName : '?', instanceId })
  const { parsed, label, fingerprint } = await keys.load(key.keyId, { signal })
  const password = parsed && decryptPassword(data, parsed.getPrivatePEM())
  if (password === undefined)
    throw new UserError('KEY_WRONG', { label, fileKey: fingerprint, wantedKey: String(key.params.keyName ?? instanceId) })
  return password
}
