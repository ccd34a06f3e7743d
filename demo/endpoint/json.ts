import type { IncomingHttpHeaders } from 'node:http'
import type { Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import type { Query } from './query.ts'

/** A call in AWS's JSON protocol: its name is in a header, its parameters are an object. */
export function parseJsonCall(headers: IncomingHttpHeaders, body: string): { readonly name: string; readonly query: Query } {
  return { name: String(headers['x-amz-target'] ?? '').split('.')[1] ?? '', query: toQuery(parse(body)) }
}

/** `MetricStat.Period` is what is called `Period` in the object `MetricStat`. */
function toQuery(parameters: unknown): Query {
  const at = (path: string) =>
    path.split('.').reduce<unknown>((value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined), parameters)
  const text = (path: string) => {
    const value = at(path)
    return value === undefined || value === null ? undefined : String(value)
  }
  const items = (path: string): readonly unknown[] => {
    const value = at(path)
    return Array.isArray(value) ? value : []
  }
  return {
    text,
    flag: (path) => text(path) === 'true',
    list: (path) => items(path).map(String),
    filters: () => [],
    // Several, or one alone.
    structures: (path) => (isObject(at(path)) && !Array.isArray(at(path)) ? [at(path)] : items(path)).map(toQuery),
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
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
