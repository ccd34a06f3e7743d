import { constants, createHmac, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto'
import { findImage } from '../machines/images.ts'
import type { Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { findMachines } from './ec2-instances.ts'

/** Other passwords at each start. */
const seed = randomBytes(32)

/** What Windows made up at its first start, sealed for the key pair: RSA, PKCS#1 v1.5. Empty until it has, and for every other system. */
export const getPasswordData: Action = ({ fleet, times }, query, region) => {
  const [machine] = findMachines(fleet, region, [query.text('InstanceId') ?? ''])
  if (!machine) throw new AwsError('MissingParameter', 'The request must contain the parameter InstanceId')
  const { instanceId, imageId, keyName } = machine.spec
  const windows = findImage(imageId)?.platformDetails.startsWith('Windows') ?? false
  const key = fleet.loginKeys.find(({ name, type }) => name === keyName && type === 'rsa')
  const ready = Date.now() - machine.launchedAt.getTime() >= times.password
  const password = createHmac('sha256', seed).update(instanceId).digest('base64').slice(0, 32)
  const sealed =
    key && publicEncrypt({ key: createPublicKey(key.privateText), padding: constants.RSA_PKCS1_PADDING }, Buffer.from(password))
  return {
    instanceId,
    timestamp: machine.launchedAt,
    passwordData: windows && ready && sealed ? `\r\n${sealed.toString('base64')}\r\n` : '',
  }
}
