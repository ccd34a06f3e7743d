import { randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { cloudWatchActions } from './cloudwatch.ts'
import { dlmActions, parseDlmCall } from './dlm.ts'
import { ec2Actions } from './ec2.ts'
import type { Faults } from './faults.ts'
import { instanceConnectActions } from './instance-connect.ts'
import { jsonAnswer, jsonError, parseJsonCall } from './json.ts'
import { pricingActions } from './pricing.ts'
import { isProxied, proxy } from './proxy.ts'
import { parseQuery, type Query } from './query.ts'
import { rdsActions } from './rds.ts'
import { enabledRegions } from './regions.ts'
import { verifySignature } from './signature.ts'
import { stsActions } from './sts.ts'
import { systemsManagerActions } from './systems-manager.ts'
import { toXml } from './xml.ts'

interface Service {
  readonly actions: Readonly<Record<string, Action>>
  readonly namespace: string
  /** What its permissions begin with, where requests to it are signed for another name. */
  readonly permissions?: string
  readonly type: string
  readonly read: (
    headers: IncomingHttpHeaders,
    body: string,
    where: { readonly method: string; readonly path: string },
  ) => { readonly name: string; readonly query: Query }
  readonly answer: (action: string, body: ReturnType<Action>, requestId: string, namespace: string) => string
  readonly error: (error: AwsError, requestId: string, namespace: string) => string
}

const xml = { type: 'text/xml;charset=UTF-8', read: readQuery }
const ec2: Service = {
  ...xml,
  actions: ec2Actions,
  namespace: 'http://ec2.amazonaws.com/doc/2016-11-15/',
  answer: ec2Answer,
  error: ec2Error,
}
const rds: Service = {
  ...xml,
  actions: rdsActions,
  namespace: 'http://rds.amazonaws.com/doc/2014-10-31/',
  answer: queryAnswer,
  error: queryError,
}
const sts: Service = {
  ...xml,
  actions: stsActions,
  namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  answer: queryAnswer,
  error: queryError,
}
const instanceConnect: Service = {
  actions: instanceConnectActions,
  namespace: '',
  type: 'application/x-amz-json-1.1',
  read: parseJsonCall,
  answer: jsonAnswer,
  error: jsonError,
}
const dlm: Service = {
  actions: dlmActions,
  namespace: '',
  type: 'application/json',
  read: (_headers, body, where) => parseDlmCall(body, where),
  answer: jsonAnswer,
  error: jsonError,
}
const cloudWatch: Service = {
  ...instanceConnect,
  actions: cloudWatchActions,
  type: 'application/x-amz-json-1.0',
  permissions: 'cloudwatch',
}
const systemsManager: Service = { ...instanceConnect, actions: systemsManagerActions }
const pricing: Service = { ...instanceConnect, actions: pricingActions }
/** Behind one address; a request's signature says which it is meant for. A new one joins here. */
const services: Readonly<Record<string, Service>> = {
  dlm,
  ec2,
  rds,
  sts,
  'ec2-instance-connect': instanceConnect,
  monitoring: cloudWatch,
  pricing,
  ssm: systemsManager,
}

export interface Endpoint {
  readonly url: string
  close(): Promise<void>
}

export async function openEndpoint(account: Account, faults: Faults): Promise<Endpoint> {
  const server = createServer((request, response) => {
    serve(request, response, account, faults).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Who asks from where, as checkip.amazonaws.com answers it: on the internet anybody may ask. */
const addressPaths: Readonly<Record<string, 'visitor' | 'visitorIpv6'>> = { '/address': 'visitor', '/address-ipv6': 'visitorIpv6' }

async function tellAddress(path: string, which: 'visitor' | 'visitorIpv6', response: ServerResponse, { network }: Account, faults: Faults) {
  const failed = await faults.apply(path, '', 'address').catch(() => true)
  if (failed) response.writeHead(503).end()
  else response.writeHead(200, { 'content-type': 'text/plain' }).end(`${network[which]}\n`)
}

async function serve(request: IncomingMessage, response: ServerResponse, account: Account, faults: Faults) {
  const path = request.url ?? '/'
  const told = Object.hasOwn(addressPaths, path) ? addressPaths[path] : undefined
  if (told) return tellAddress(path, told, response, account, faults)
  if (isProxied(request)) return proxy(request, response, account)
  const requestId = randomUUID()
  const body = await readBody(request)
  // Until the signature has been read, the host says nothing about the service: AWS answers such requests as EC2 does.
  let service: Service = ec2
  try {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const signed = { method: request.method ?? '', path: url.pathname, search: url.search.slice(1), headers: request.headers, body }
    const named = /\/([a-z0-9-]+)\/aws4_request/.exec(request.headers.authorization ?? '')?.[1]
    service = services[named ?? ''] ?? service
    const { region } = verifySignature(signed, account.credentials)
    const { name, query } = service.read(request.headers, body, { method: signed.method, path: url.pathname })
    const action = Object.hasOwn(service.actions, name) ? service.actions[name] : undefined
    if (!action) throw new AwsError('InvalidAction', `The action ${name} is not valid for this web service.`)
    await faults.apply(name, region, service.permissions ?? named ?? 'ec2')
    // EC2 does not know the account where it has not opted in.
    if (!enabledRegions.includes(region)) throw new AwsError(service === ec2 ? 'AuthFailure' : 'InvalidClientTokenId')
    const answer = action(account, query, region)
    if (query.flag('DryRun')) throw new AwsError('DryRunOperation')
    await faults.answer(name, region)
    send(response, requestId, service, 200, service.answer(name, answer, requestId, service.namespace))
  } catch (error) {
    const known = error instanceof AwsError ? error : new AwsError('InternalError', String(error))
    send(response, requestId, service, known.status, service.error(known, requestId, service.namespace))
  }
}

function readQuery(_headers: IncomingHttpHeaders, body: string): ReturnType<Service['read']> {
  const query = parseQuery(body)
  return { name: query.text('Action') ?? '', query }
}

function send(response: ServerResponse, requestId: string, { type }: Service, status: number, body: string) {
  response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': requestId }).end(body)
}

/** Far beyond any call that is served here. */
const BODY_LIMIT = 1024 * 1024

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of request as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > BODY_LIMIT) throw new Error('The request is too long.')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString()
}

function ec2Answer(action: string, body: ReturnType<Action>, requestId: string, namespace: string): string {
  return toXml(`${action}Response`, { requestId, ...body }, namespace)
}

function ec2Error(error: AwsError, requestId: string): string {
  return toXml('Response', { Errors: { Error: { Code: error.code, Message: error.message } }, RequestID: requestId })
}

function queryAnswer(action: string, body: ReturnType<Action>, requestId: string, namespace: string): string {
  return toXml(`${action}Response`, { [`${action}Result`]: body, ResponseMetadata: { RequestId: requestId } }, namespace)
}

function queryError(error: AwsError, requestId: string, namespace: string): string {
  const type = error.status < 500 ? 'Sender' : 'Receiver'
  return toXml('ErrorResponse', { Error: { Type: type, Code: error.code, Message: error.message }, RequestId: requestId }, namespace)
}
