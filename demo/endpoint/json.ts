import type { IncomingHttpHeaders } from 'node:http'
import type { Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import type { Query } from './query.ts'

/** A call in AWS's JSON protocol: its name is in a header, its parameters are an object. */
export function parseJsonCall(headers: IncomingHttpHeaders, body: string): { readonly name: string; readonly query: Query } {
  const name = String(headers['x-amz-target'] ?? '').split('.')[1] ?? ''
  const parameters = parse(body)
  const text = (key: string) => {
    const value = Object.hasOwn(parameters, key) ? parameters[key] : undefined
    return value === undefined || value === null ? undefined : String(value)
  }
  return {
    name,
    query: { text, flag: (key) => text(key) === 'true', list: (key) => texts(parameters[key]), filters: () => [], structures },
  }

  /** One structure, whose lists are asked for by their names. */
  function structures(key: string): ReturnType<typeof parseJsonCall>['query'][] {
    const value = parameters[key]
    return typeof value === 'object' && value !== null ? [parseJsonCall(headers, JSON.stringify(value)).query] : []
  }
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function parse(body: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body)
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
  } catch {
    // Answered below.
  }
  throw new AwsError('SerializationException', 'The body is no JSON object.')
}

export function jsonAnswer(_action: string, body: ReturnType<Action>, requestId: string): string {
  return JSON.stringify({ RequestId: requestId, ...body })
}

export function jsonError(error: AwsError): string {
  return JSON.stringify({ __type: error.code, Message: error.message })
}
