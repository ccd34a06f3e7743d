import type { Machine } from '../machines/machine.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import type { Query } from './query.ts'

export const instanceConnectActions: Readonly<Record<string, Action>> = {
  SendSSHPublicKey: sendSshPublicKey,
  SendSerialConsoleSSHPublicKey: sendSerialConsoleSshPublicKey,
}

/** The service's own patterns (API Reference, SendSSHPublicKey). */
const USER = /^[A-Za-z_][A-Za-z0-9@._-]{0,30}[A-Za-z0-9$_-]?$/
const KEY = /^ssh-(?:ed25519|rsa) [A-Za-z0-9+/]+=*(?: .*)?$/

function sendSshPublicKey(account: Account, query: Query, region: string): ReturnType<Action> {
  const machine = runningMachine(account, query, region)
  const user = query.text('InstanceOSUser') ?? ''
  if (!USER.test(user)) throw new AwsError('InvalidArgsException', 'The InstanceOSUser is not valid.')
  const blob = readKey(query)
  const now = Date.now()
  machine.sentKeys = [...machine.sentKeys.filter(({ until }) => until > now), { user, blob, until: now + account.times.sentKey }]
  // Also where nothing on the instance asks for it: the service cannot know.
  return { Success: true }
}

function sendSerialConsoleSshPublicKey(account: Account, query: Query, region: string): ReturnType<Action> {
  const machine = runningMachine(account, query, region)
  if (!hasSerialConsole(region)) throw new AwsError('SerialConsoleAccessDisabledException', 'Serial console access is not enabled.')
  if (/^t2\./.test(machine.spec.type)) throw new AwsError('EC2InstanceTypeInvalidException', 'Instance type is not supported.')
  if (machine.serialSessions > 0)
    throw new AwsError('SerialConsoleSessionLimitExceededException', 'The instance already has an active serial console session.')
  machine.serialKeys = [{ user: '', blob: readKey(query), until: Date.now() + account.times.sentKey }]
  return { Success: true }
}

/** EnableSerialConsoleAccess was called there; off is how accounts begin. */
export function hasSerialConsole(region: string): boolean {
  return region !== 'sa-east-1'
}

function runningMachine({ fleet }: Account, query: Query, region: string): Machine {
  const id = query.text('InstanceId') ?? ''
  const machine = fleet.machines.find(({ spec }) => spec.instanceId === id && spec.region === region)
  if (!machine) throw new AwsError('EC2InstanceNotFoundException', 'Instance not found.')
  if (machine.state !== 'running') throw new AwsError('EC2InstanceStateInvalidException', 'Instance is not in the running state.')
  return machine
}

function readKey(query: Query): Buffer {
  const key = query.text('SSHPublicKey') ?? ''
  if (key.length < 80 || key.length > 4096 || !KEY.test(key)) throw new AwsError('InvalidArgsException', 'The SSHPublicKey is not valid.')
  return Buffer.from(key.split(' ')[1] ?? '', 'base64')
}
