import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { AwsError } from './aws-error.ts'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
}
/** Which service and region a request is meant for: one address serves all. */
export interface Scope {
  readonly service: string
  readonly region: string
}
export interface SignedRequest {
  readonly method: string
  readonly path: string
  readonly search: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** Real services accept a clock that is this far off. */
const CLOCK_TOLERANCE_MS = 5 * 60_000

/** Checks Signature Version 4. Throws the AwsError that the service would answer. */
export function verifySignature(request: SignedRequest, credentials: Credentials): Scope {
  const parts = /^AWS4-HMAC-SHA256 Credential=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? '',
  )
  if (!parts) throw new AwsError('MissingAuthenticationToken')
  const [, credential = '', signedHeaders = '', signature = ''] = parts
  const [accessKeyId, date = '', region = '', service = ''] = credential.split('/')
  const ec2 = service === 'ec2'
  if (accessKeyId !== credentials.accessKeyId) throw new AwsError(ec2 ? 'AuthFailure' : 'InvalidClientTokenId')

  const stamp = String(request.headers['x-amz-date'] ?? '')
  const at = Date.parse(stamp.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
  if (!(Math.abs(Date.now() - at) <= CLOCK_TOLERANCE_MS)) {
    throw ec2
      ? new AwsError('RequestExpired')
      : new AwsError('SignatureDoesNotMatch', `Signature expired: ${stamp} is now earlier than allowed.`)
  }

  const canonical = [
    request.method,
    request.path,
    request.search,
    ...signedHeaders.split(';').map(
      (name) =>
        `${name}:${String(request.headers[name] ?? '')
          .trim()
          .replace(/ +/g, ' ')}`,
    ),
    '',
    signedHeaders,
    createHash('sha256').update(request.body).digest('hex'),
  ].join('\n')
  const scope = `${date}/${region}/${service}/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', stamp, scope, createHash('sha256').update(canonical).digest('hex')].join('\n')
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${credentials.secretAccessKey}`)
  if (!timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex'))) throw new AwsError(ec2 ? 'AuthFailure' : 'SignatureDoesNotMatch')
  return { service, region }
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
