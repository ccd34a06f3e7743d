import type { Instance } from '@aws-sdk/client-ec2'
import type { Waiter } from '../../../contract/models/change.ts'
import type { Progress } from '../../changes/facts.ts'
import { plainText } from '../plain-text.ts'

const WANTED: Readonly<Partial<Record<Waiter, string>>> = {
  'instance-running': 'running',
  'instance-stopped': 'stopped',
  'instance-terminated': 'terminated',
}
const GONE = ['shutting-down', 'terminated']

/** A terminated instance is not told of for ever: what is missing then is terminated. */
export function instanceProgress(waiter: Waiter, ids: readonly string[], found: readonly Instance[]): Progress {
  const wanted = WANTED[waiter]
  const states = ids.map((id) => found.find(({ InstanceId }) => InstanceId === id))
  if (states.every((instance) => instance?.State?.Name === wanted || (wanted === 'terminated' && !instance))) return { done: true }
  // AWS says why it gave up: no capacity, a disk whose key may not be used.
  const lost = states.find((instance) => wanted !== 'terminated' && instance && GONE.includes(instance.State?.Name ?? ''))
  const fellBack =
    wanted === 'running' &&
    states.find((instance) => instance?.State?.Name === 'stopped' && instance.StateReason?.Code?.startsWith('Server.'))
  const failed = lost || fellBack
  return failed ? { done: false, failed: plainText(failed.StateReason?.Message ?? failed.State?.Name ?? '', 300) } : { done: false }
}
