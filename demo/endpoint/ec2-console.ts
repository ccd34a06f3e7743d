import { CONSOLE_LIMIT } from '../machines/console-log.ts'
import type { Machine } from '../machines/machine.ts'
import { screenshot } from '../machines/screenshot.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import { findMachines } from './ec2-instances.ts'
import type { Query } from './query.ts'

export function getConsoleOutput(account: Account, query: Query, region: string): ReturnType<Action> {
  const machine = machineOf(account, query, region)
  // Its families before Nitro; they keep only what was printed shortly after a start.
  if (query.flag('Latest') && /^t2\./.test(machine.spec.type))
    throw new AwsError('UnsupportedOperation', 'This instance type does not support retrieving the latest console logs.')
  const { text, at } = machine.console
  const last = Buffer.from(text).subarray(-CONSOLE_LIMIT)
  return { instanceId: machine.spec.instanceId, timestamp: at, output: last.length > 0 ? last.toString('base64') : undefined }
}

export function getConsoleScreenshot(account: Account, query: Query, region: string): ReturnType<Action> {
  const { spec, state } = machineOf(account, query, region)
  if (state !== 'running') throw new AwsError('IncorrectInstanceState', `The instance '${spec.instanceId}' is not in the 'running' state.`)
  if (spec.architecture === 'arm64') throw new AwsError('UnsupportedOperation', 'The instance does not support console screenshots.')
  return { instanceId: spec.instanceId, imageData: screenshot }
}

function machineOf({ fleet }: Account, query: Query, region: string): Machine {
  const [machine] = findMachines(fleet, region, [query.text('InstanceId') ?? ''])
  if (!machine) throw new AwsError('MissingParameter', 'The request must contain the parameter InstanceId')
  return machine
}
