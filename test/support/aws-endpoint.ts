import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface AwsRequest {
  /** `DescribeInstances`, or a REST path as `/token`. */
  readonly action: string
  /** A Query protocol's parameters, or the fields of a JSON body, or of the address. */
  readonly parameters: Readonly<Record<string, string>>
  readonly headers: IncomingMessage['headers']
}
export interface AwsAnswer {
  readonly status?: number
  /** XML as it stands, or an object that is sent as JSON. */
  readonly body: string | object
  readonly headers?: Readonly<Record<string, string>>
}
export interface AwsEndpoint {
  readonly url: string
  readonly requests: readonly AwsRequest[]
  close(): Promise<void>
}

/** Answers the genuine SDK with the bytes a test wants: AWS's own error documents, and services that no emulator has. */
export async function openEndpoint(answer: (request: AwsRequest) => AwsAnswer): Promise<AwsEndpoint> {
  const requests: AwsRequest[] = []
  const server = createServer(async (incoming, outgoing) => {
    const request = await readRequest(incoming)
    requests.push(request)
    const { status = 200, body, headers } = answer(request)
    const isText = typeof body === 'string'
    outgoing.writeHead(status, { 'content-type': isText ? 'text/xml' : 'application/json', ...headers })
    outgoing.end(isText ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function readRequest(incoming: IncomingMessage): Promise<AwsRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  const body = Buffer.concat(chunks).toString()
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://localhost')
  const fields = body.startsWith('{') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))
  const parameters = { ...Object.fromEntries(searchParams), ...fields }
  return { action: parameters.Action ?? pathname, parameters, headers: incoming.headers }
}

/** EC2's error document. */
export function ec2Error(code: string, message: string, status = 400): AwsAnswer {
  return {
    status,
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>0c1a5f2e-7d3b-4a64-9f3e-0d1f5a3c9b11</RequestID></Response>`,
  }
}

/** STS's error document. */
export function stsError(code: string, message: string, status = 403): AwsAnswer {
  return {
    status,
    body: `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>0c1a5f2e-7d3b-4a64-9f3e-0d1f5a3c9b11</RequestId></ErrorResponse>`,
  }
}

/** An answer of STS: `result` is the XML inside of `<ActionResult>`. */
export function stsAnswer(action: string, result: string): AwsAnswer {
  return {
    body: `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${result}</${action}Result><ResponseMetadata><RequestId>0c1a5f2e-7d3b-4a64-9f3e-0d1f5a3c9b11</RequestId></ResponseMetadata></${action}Response>`,
  }
}

/** Credentials as AssumeRole and its like give them. */
export function stsCredentials(accessKeyId: string, expiresInSeconds = 3600): string {
  const expiration = new Date(Date.now() + expiresInSeconds * 1000).toISOString()
  return `<Credentials><AccessKeyId>${accessKeyId}</AccessKeyId><SecretAccessKey>role-secret</SecretAccessKey><SessionToken>role-token</SessionToken><Expiration>${expiration}</Expiration></Credentials>`
}
