import type { Command, Invocation } from '../commands/commands.ts'
import { findImage } from '../machines/images.ts'
import type { Machine } from '../machines/machine.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import type { Query } from './query.ts'

export const systemsManagerActions: Readonly<Record<string, Action>> = {
  DescribeInstanceInformation: describeInstanceInformation,
  SendCommand: sendCommand,
  ListCommands: (account, query, region) => ({ Commands: [described(findCommand(account, query, region))] }),
  ListCommandInvocations: (account, query, region) => {
    const command = findCommand(account, query, region)
    return { CommandInvocations: command.invocations.map((invocation) => listed(command, invocation)) }
  },
  GetCommandInvocation: getCommandInvocation,
  CancelCommand: (account, query, region) => {
    account.commands.cancel(findCommand(account, query, region), query.list('InstanceIds'))
    return {}
  },
  DescribeInstancePatchStates: describePatchStates,
}

/** GetCommandInvocation's own limits. */
const OUTPUT_CHARACTERS = 24_000
const ERROR_CHARACTERS = 8_000
const MOST_IDS = 50

const isOnline = ({ spec, state }: Machine) => spec.agent === true && state === 'running'
const seconds = (at: Date) => at.getTime() / 1000

function describeInstanceInformation({ fleet }: Account, _query: Query, region: string): ReturnType<Action> {
  const managed = fleet.machines.filter(({ spec }) => spec.agent && spec.region === region)
  return {
    InstanceInformationList: managed.map((machine) => ({
      InstanceId: machine.spec.instanceId,
      PingStatus: isOnline(machine) ? 'Online' : 'ConnectionLost',
      LastPingDateTime: seconds(new Date()),
      AgentVersion: '3.3.1611.0',
      PlatformType: 'Linux',
      PlatformName: findImage(machine.spec.imageId)?.description ?? 'Linux',
      ResourceType: 'EC2Instance',
      IPAddress: machine.spec.privateAddress,
    })),
  }
}

function sendCommand({ fleet, commands }: Account, query: Query, region: string): ReturnType<Action> {
  const ids = query.list('InstanceIds')
  if (ids.length === 0 || ids.length > MOST_IDS) throw new AwsError('ValidationException', 'InstanceIds must have 1 to 50 members.')
  const machines = ids.map((id) => {
    const machine = fleet.machines.find(({ spec }) => spec.instanceId === id && spec.region === region)
    if (!machine || !isOnline(machine)) throw new AwsError('InvalidInstanceId', 'Instances not in a valid state for account 123456789012')
    return machine
  })
  const document = query.text('DocumentName') ?? ''
  const [parameters] = query.structures('Parameters')
  const command = commands.send({
    document,
    region,
    comment: query.text('Comment') ?? '',
    machines,
    ...work(document, parameters),
    most: wholeNumber(query.text('MaxConcurrency') ?? '50', 1),
    mostErrors: wholeNumber(query.text('MaxErrors') ?? '0', 0),
  })
  return { Command: described(command) }
}

function work(document: string, parameters: Query | undefined) {
  if (document === 'AWS-RunShellScript') return { script: parameters?.list('commands').join('\n') ?? '' }
  if (document !== 'AWS-RunPatchBaseline') throw new AwsError('InvalidDocument', `Document with name ${document} does not exist.`)
  const [operation] = parameters?.list('Operation') ?? []
  const [reboot = 'RebootIfNeeded'] = parameters?.list('RebootOption') ?? []
  if ((operation !== 'Scan' && operation !== 'Install') || !['RebootIfNeeded', 'NoReboot'].includes(reboot))
    throw new AwsError('InvalidParameters', 'Parameter value is not among the allowed ones.')
  return { script: '', patch: { operation, reboots: reboot === 'RebootIfNeeded' } } as const
}

/** Percentages are not spoken here. */
function wholeNumber(text: string, least: number): number {
  const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (Number.isNaN(value) || value < least) throw new AwsError('ValidationException', `${text} is not a number of machines.`)
  return value
}

function findCommand({ commands }: Account, query: Query, region: string): Command {
  const command = commands.find(query.text('CommandId') ?? '', region)
  if (!command) throw new AwsError('InvalidCommandId')
  return command
}

const OVER = new Set(['Success', 'Failed', 'Cancelled'])

function described(command: Command) {
  const over = command.invocations.every(({ status }) => OVER.has(status))
  const failed = command.invocations.some(({ status }) => status === 'Failed')
  const status = over ? (command.cancelled ? 'Cancelled' : failed ? 'Failed' : 'Success') : command.cancelled ? 'Cancelling' : 'InProgress'
  return {
    CommandId: command.id,
    DocumentName: command.document,
    Comment: command.comment,
    Status: status,
    StatusDetails: status,
    RequestedDateTime: seconds(command.requestedAt),
    TargetCount: command.invocations.length,
  }
}

function listed(command: Command, { machine, status, details }: Invocation) {
  return {
    CommandId: command.id,
    InstanceId: machine.spec.instanceId,
    DocumentName: command.document,
    RequestedDateTime: seconds(command.requestedAt),
    Status: status,
    StatusDetails: details,
  }
}

function getCommandInvocation(account: Account, query: Query, region: string): ReturnType<Action> {
  const command = findCommand(account, query, region)
  const invocation = command.invocations.find(({ machine }) => machine.spec.instanceId === query.text('InstanceId'))
  if (!invocation) throw new AwsError('InvocationDoesNotExist')
  const plugin = query.text('PluginName')
  // Of a document's steps for several systems only the one for this system has something to say.
  const own = command.document === 'AWS-RunShellScript' || plugin === 'PatchLinux'
  return {
    ...listed(command, invocation),
    PluginName: plugin ?? '',
    ResponseCode: invocation.code,
    StandardOutputContent: own ? invocation.output.slice(0, OUTPUT_CHARACTERS) : '',
    StandardErrorContent: own ? invocation.errors.slice(0, ERROR_CHARACTERS) : '',
  }
}

function describePatchStates({ fleet, commands }: Account, query: Query, region: string): ReturnType<Action> {
  const wanted = new Set(query.list('InstanceIds'))
  if (wanted.size > MOST_IDS) throw new AwsError('ValidationException', 'InstanceIds must have 1 to 50 members.')
  const machines = fleet.machines.filter(({ spec }) => wanted.has(spec.instanceId) && spec.region === region)
  return {
    InstancePatchStates: machines.flatMap((machine) => {
      const state = commands.patchState(machine)
      if (!state) return []
      return {
        InstanceId: machine.spec.instanceId,
        PatchGroup: '',
        BaselineId: 'pb-0c10e65780EXAMPLE',
        Operation: state.operation,
        OperationStartTime: seconds(state.at),
        OperationEndTime: seconds(state.at),
        MissingCount: state.missing,
        FailedCount: state.failed,
        InstalledCount: state.installed,
        InstalledOtherCount: 0,
        InstalledPendingRebootCount: state.pendingReboot,
        InstalledRejectedCount: 0,
        NotApplicableCount: 0,
        SecurityNonCompliantCount: state.security,
      }
    }),
  }
}
