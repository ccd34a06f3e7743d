import { type CallStep, nameIn, type Step } from './step.ts'

/** The same step by the AWS CLI, to be pasted into a POSIX shell. */
export function commandLine(step: Step, { profile, region }: { readonly profile: string; readonly region: string }): string {
  const place = ['--profile', profile, '--region', region]
  if (step.kind === 'wait') return words(['aws', 'ec2', 'wait', step.waiter, ...place, WAITER_IDS[step.waiter], ...step.ids])
  const line = words([
    'aws',
    'ec2',
    kebab(step.action),
    ...place,
    ...Object.entries(step.input).flatMap(([name, value]) => argument(name, value)),
  ])
  return step.saves ? `${step.saves.name}=$(${line} ${words(['--query', step.saves.path, '--output', 'text'])})` : line
}

const WAITER_IDS = {
  'instance-running': '--instance-ids',
  'instance-stopped': '--instance-ids',
  'instance-terminated': '--instance-ids',
  'image-available': '--image-ids',
  'snapshot-completed': '--snapshot-ids',
} as const

function argument(name: string, value: unknown): readonly string[] {
  const flag = `--${kebab(name)}`
  if (value === undefined) return []
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
  return `ec2:${action}`
}
