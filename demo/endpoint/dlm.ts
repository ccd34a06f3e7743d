import { newPolicyId, type Policy } from '../machines/policies.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import type { Query } from './query.ts'
import type { XmlValue } from './xml.ts'

/** Data Lifecycle Manager (API Reference, 2018-01-12). Its protocol is REST with JSON: the path names what it is about. */
export const dlmActions: Readonly<Record<string, Action>> = {
  GetLifecyclePolicies: ({ policies }, _query, region) => ({
    Policies: policies.list
      .filter((policy) => policy.region === region)
      .map(({ PolicyId, Description, State, Tags }) => ({ PolicyId, Description, State, Tags, PolicyType: 'EBS_SNAPSHOT_MANAGEMENT' })),
  }),
  GetLifecyclePolicy: (account, query, region) => {
    const { region: _region, ...policy } = find(account, query, region)
    return { Policy: policy as unknown as XmlValue }
  },
  CreateLifecyclePolicy: ({ policies, fleet }, query, region) => {
    const { ExecutionRoleArn = '', Description = '', State = 'ENABLED', PolicyDetails = {}, Tags = {} } = bodyOf(query)
    checkRole(ExecutionRoleArn, fleet.accountId)
    checkContent(Description, PolicyDetails)
    const now = new Date()
    const PolicyId = newPolicyId()
    policies.put({ PolicyId, Description, State, ExecutionRoleArn, PolicyDetails, Tags, DateCreated: now, DateModified: now, region })
    return { PolicyId }
  },
  UpdateLifecyclePolicy: (account, query, region) => {
    const before = find(account, query, region)
    const { ExecutionRoleArn, Description, State, PolicyDetails } = { ...before, ...bodyOf(query) }
    checkRole(ExecutionRoleArn, account.fleet.accountId)
    checkContent(Description, PolicyDetails)
    account.policies.put({ ...before, ExecutionRoleArn, Description, State, PolicyDetails, DateModified: new Date() })
    return {}
  },
  DeleteLifecyclePolicy: (account, query, region) => {
    account.policies.drop(find(account, query, region).PolicyId)
    return {}
  },
}

/** Which call a method and a path are. */
export function parseDlmCall(body: string, { method, path }: { readonly method: string; readonly path: string }) {
  const id = /^\/policies\/([\w-]+)\/?$/.exec(path)?.[1]
  const name = Object.hasOwn(CALLS, method) ? CALLS[method]?.[id ? 1 : 0] : undefined
  const text = (key: string) => ({ PolicyId: id, body })[key]
  const none = () => []
  const query: Query = { text, flag: () => false, list: none, filters: none, structures: none }
  return { name: name ?? '', query }
}
/** Without an id, and with one. */
const CALLS: Readonly<Record<string, readonly [string, string]>> = {
  GET: ['GetLifecyclePolicies', 'GetLifecyclePolicy'],
  POST: ['CreateLifecyclePolicy', ''],
  PATCH: ['', 'UpdateLifecyclePolicy'],
  DELETE: ['', 'DeleteLifecyclePolicy'],
}

function find({ policies }: Account, query: Query, region: string): Policy {
  const id = query.text('PolicyId')
  const found = policies.list.find((policy) => policy.PolicyId === id && policy.region === region)
  if (!found) throw new AwsError('ResourceNotFoundException', `The requested policy ${id} does not exist.`, 404)
  return found
}

function bodyOf(query: Query): Partial<Omit<Policy, 'PolicyId' | 'region'>> {
  try {
    const value: unknown = JSON.parse(query.text('body') ?? '')
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // Answered below.
  }
  throw new AwsError('InvalidRequestException', 'The body is no JSON object.')
}

/** The account has the one that `aws dlm create-default-role` makes, and no other. */
function checkRole(arn: string, accountId: string) {
  if (arn !== `arn:aws:iam::${accountId}:role/AWSDataLifecycleManagerDefaultRole`)
    throw new AwsError('InvalidRequestException', `The execution role ${arn} does not exist or cannot be assumed.`)
}

function checkContent(description: string, { TargetTags = [], Schedules = [] }: Policy['PolicyDetails']) {
  if (!/^[0-9A-Za-z _-]{1,500}$/.test(description)) throw new AwsError('InvalidRequestException', 'The description is not valid.')
  if (TargetTags.length === 0 || Schedules.length === 0)
    throw new AwsError('InvalidRequestException', 'A policy needs target tags and at least one schedule.')
  for (const { CreateRule, RetainRule } of Schedules) {
    if (!CreateRule || !RetainRule) throw new AwsError('InvalidRequestException', 'A schedule needs a create rule and a retain rule.')
    if (CreateRule.Interval && ![1, 2, 3, 4, 6, 8, 12, 24].includes(CreateRule.Interval))
      throw new AwsError('InvalidRequestException', `The interval ${CreateRule.Interval} is not valid.`)
  }
}
