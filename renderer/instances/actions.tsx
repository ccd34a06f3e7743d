import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import type { AccountChange } from '../../contract/models/change.ts'
import type { Instance, InstanceState } from '../../contract/models/instance.ts'
import { api } from '../api/client.ts'
import { openDialog, openTarget, setRoom } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { copy } from './copy.ts'
import { sshCommand } from './ssh-command.ts'

export const label = (instance: Instance): string => instance.name || instance.ref.instanceId

export function connect(instances: readonly Instance[]): void {
  for (const { ref } of instances) openTarget({ kind: 'instance', ref })
}

type Simple = 'start' | 'stop' | 'reboot' | 'terminate'

/** Which of them this could be done to. */
export function able(instances: readonly Instance[], action: Simple): readonly Instance[] {
  return instances.filter(({ state }) => POSSIBLE[action].includes(state))
}
const POSSIBLE: Readonly<Record<Simple, readonly InstanceState[]>> = {
  start: ['stopped'],
  stop: ['running'],
  reboot: ['running'],
  terminate: ['running', 'stopped'],
}

/** Shown first, with what it means for each, and done only then. */
export function act(instances: readonly Instance[], action: Simple): void {
  change(able(instances, action), { kind: action })
}

/** `onApplied`: once the person has agreed, with the change that is then under way. */
export function change(instances: readonly Instance[], wanted: AccountChange, onApplied?: (changeId: string) => void): void {
  const refs = instances.map(({ ref }) => ref)
  if (refs.length > 0) openDialog({ kind: 'change', refs, change: wanted, ...(onApplied && { onApplied }) })
}

export async function copySshCommand({ ref }: Instance): Promise<void> {
  const command = await attempt(async () => {
    const [plan, keys] = await Promise.all([api.reach.plan({ target: { kind: 'instance', ref } }), api.keys.list()])
    const { key } = plan
    return sshCommand(plan, key.kind === 'found' ? keys.find(({ id }) => id === key.keyId)?.path : undefined)
  })
  await copy(command)
}

export async function bookmark(instances: readonly Instance[]): Promise<void> {
  await attempt(async () => {
    for (const instance of instances) {
      await api.bookmarks.save({ name: label(instance), colour: 'none', notes: '', target: { kind: 'instance', ref: instance.ref } })
    }
    notifications.show({
      message: i18next.t('bookmarked', { names: instances.map(label).join(', ') }),
      onClick: () => setRoom('bookmarks'),
      style: { cursor: 'pointer' },
    })
  })
}
