import { findInstanceType } from '../machines/instance-types.ts'
import type { Machine } from '../machines/machine.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { findMachines } from './ec2-instances.ts'
import type { Query } from './query.ts'

export function describeInstanceAttribute({ fleet }: Account, query: Query, region: string): ReturnType<Action> {
  const machine = one({ fleet }, query, region)
  const name = query.text('Attribute') ?? ''
  const values: Readonly<Record<string, string | boolean>> = {
    disableApiTermination: machine.protectedFrom.termination,
    disableApiStop: machine.protectedFrom.stop,
    instanceInitiatedShutdownBehavior: 'stop',
    instanceType: machine.spec.type,
  }
  const value = Object.hasOwn(values, name) ? values[name] : undefined
  if (value === undefined)
    throw new AwsError('InvalidParameterValue', `Value (${name}) for parameter attribute is invalid. Unknown attribute.`)
  return { instanceId: machine.spec.instanceId, [name]: { value } }
}

/** One attribute a call, as EC2 has it. */
export function modifyInstanceAttribute({ fleet }: Account, query: Query, region: string): ReturnType<Action> {
  const machine = one({ fleet }, query, region)
  const type = query.text('InstanceType.Value')
  if (type !== undefined) checkType(machine, type)
  if (query.flag('DryRun')) return {}
  if (type !== undefined) machine.spec = { ...machine.spec, type }
  const [termination, stop] = [query.text('DisableApiTermination.Value'), query.text('DisableApiStop.Value')]
  if (termination !== undefined) machine.protectedFrom.termination = termination === 'true'
  if (stop !== undefined) machine.protectedFrom.stop = stop === 'true'
  return { return: true }
}

export function modifyInstanceMetadataOptions({ fleet }: Account, query: Query, region: string): ReturnType<Action> {
  const machine = one({ fleet }, query, region)
  const tokens = query.text('HttpTokens') ?? machine.metadataTokens
  if (tokens !== 'optional' && tokens !== 'required')
    throw new AwsError('InvalidParameterValue', `Value (${tokens}) for parameter HttpTokens is invalid.`)
  if (query.flag('DryRun')) return {}
  machine.metadataTokens = tokens
  return {
    instanceId: machine.spec.instanceId,
    instanceMetadataOptions: { state: 'pending', httpTokens: tokens, httpPutResponseHopLimit: 2, httpEndpoint: 'enabled' },
  }
}

function checkType({ spec, state }: Machine, name: string) {
  const type = findInstanceType(name)
  if (!type) throw new AwsError('InvalidInstanceAttributeValue', `The instance type '${name}' does not exist`)
  if (state !== 'stopped') throw new AwsError('IncorrectInstanceState', `The instance '${spec.instanceId}' is not in the 'stopped' state.`)
  if (type.architecture !== spec.architecture) {
    const message = `The architecture '${type.architecture}' of the specified instance type does not match the architecture '${spec.architecture}' of the specified instance.`
    throw new AwsError('InvalidParameterCombination', message)
  }
}

export function protectedError({ spec }: Machine, done: string, attribute: string): AwsError {
  const message = `The instance '${spec.instanceId}' may not be ${done}. Modify its '${attribute}' instance attribute and try again.`
  return new AwsError('OperationNotPermitted', message)
}

function one({ fleet }: Pick<Account, 'fleet'>, query: Query, region: string): Machine {
  const [machine] = findMachines(fleet, region, [query.text('InstanceId') ?? ''])
  if (!machine) throw new AwsError('MissingParameter', 'The request must contain the parameter InstanceId')
  return machine
}
