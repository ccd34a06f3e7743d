import { READ_ONLY } from '../backup-files/disks.ts'
import type { HostStep } from './host-step.ts'
import { type CallStep, nameIn, placeOf, type Step, serviceOf } from './step.ts'

/** The same step by the AWS CLI, to be pasted into a POSIX shell. */
export function commandLine(step: Step, own: { readonly profile: string; readonly region: string }): string {
  if (step.kind === 'host') return onHost(step)
  const { profile, region } = placeOf(step, own)
  const place = ['--profile', profile, '--region', region]
  if (step.kind === 'wait' && step.waiter in LOOPS) return loop(LOOPS[step.waiter as keyof typeof LOOPS], step.ids, place)
  if (step.kind === 'wait')
    return words(['aws', 'ec2', 'wait', step.waiter, ...place, WAITER_IDS[step.waiter as keyof typeof WAITER_IDS], ...step.ids])
  const line = words([
    'aws',
    serviceOf(step.action),
    kebab(step.action),
    ...place,
    ...Object.entries(step.input).flatMap(([name, value]) => argument(name, value)),
  ])
  return step.saves ? `${step.saves.name}=$(${line} ${words(['--query', step.saves.path, '--output', 'text'])})` : line
}

/** On the instance. Which of its devices it is, and what its file system needs, is found out there. */
function onHost({ task, instanceId, volumeId, device }: HostStep): string {
  const folder = `~/.mooring/backups/${volumeId}`
  const commands = {
    check: 'sudo -n true && command -v lsblk blkid mountpoint',
    mount: `sudo mount -o ${READ_ONLY} ${device} ${folder}`,
    unmount: `sudo umount ${folder}`,
  }
  return `${commands[task]} # on ${instanceId}`
}

const WAITER_IDS = {
  'instance-running': '--instance-ids',
  'instance-stopped': '--instance-ids',
  'instance-terminated': '--instance-ids',
  'image-available': '--image-ids',
  'snapshot-completed': '--snapshot-ids',
  'volume-available': '--volume-ids',
  'volume-in-use': '--volume-ids',
} as const
/** What the CLI has no waiter for: the question, and what its answer has to hold. */
const LOOPS = {
  'root-volume-replaced': [
    ['describe-replace-root-volume-tasks', '--replace-root-volume-task-ids'],
    ['--query', 'ReplaceRootVolumeTasks[0].TaskState', '--output', 'text'],
    'succeeded',
  ],
  'host-keys': [['get-console-output', '--latest', '--instance-id'], ['--query', 'Output', '--output', 'text'], 'END SSH HOST KEY KEYS'],
} as const

function loop([ask, how, wanted]: (typeof LOOPS)[keyof typeof LOOPS], ids: readonly string[], place: readonly string[]): string {
  return `until ${words(['aws', 'ec2', ...ask, ...ids, ...place, ...how])} | grep -q ${words([wanted])}; do sleep 5; done`
}

function argument(name: string, value: unknown): readonly string[] {
  const flag = `--${kebab(name)}`
  if (value === undefined) return []
  // It may hold anything of the person's own, and this line goes into the activity log.
  if (name === 'UserData') return [flag, 'file://user-data.txt']
  if (typeof value === 'boolean') return [value ? flag : `--no-${kebab(name)}`]
  if (typeof value === 'string' || typeof value === 'number') return [flag, String(value)]
  if (Array.isArray(value) && value.every((each) => typeof each === 'string')) return [flag, ...value]
  // An attribute that is only true or false is a flag to the CLI.
  const only = Object.keys(value as object).length === 1 ? (value as { Value?: unknown }).Value : undefined
  if (typeof only === 'boolean') return argument(name, only)
  return [flag, JSON.stringify(value)]
}

export function kebab(name: string): string {
  return name.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase()
}

/** As sh reads them: bare where nothing in a word means anything, a variable of an earlier line as one, in single quotes otherwise. */
export function words(list: readonly string[]): string {
  return list.map((word) => (/^[\w@%+=:,./-]+$/.test(word) || nameIn(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(' ')
}

export function actionOf({ action }: CallStep): string {
  return `${serviceOf(action)}:${action}`
}
