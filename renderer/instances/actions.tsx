import { Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import type { Instance, InstanceAction } from '../../contract/models/instance.ts'
import { api } from '../api/client.ts'
import { openTarget, setRoom } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { writeClipboard } from '../host/desktop.ts'
import { sshCommand } from './ssh-command.ts'

export const label = (instance: Instance): string => instance.name || instance.ref.instanceId

export function connect(instances: readonly Instance[]): void {
  for (const { ref } of instances) openTarget({ kind: 'instance', ref })
}

/** Which of them this could be done to. */
export function able(instances: readonly Instance[], action: InstanceAction): readonly Instance[] {
  return instances.filter(({ state }) => state === (action === 'start' ? 'stopped' : 'running'))
}

/** Stopping and rebooting end what people do on a machine: they are asked about first. */
export function act(instances: readonly Instance[], action: InstanceAction): void {
  const those = able(instances, action)
  const doIt = () => {
    for (const { ref } of those) void attempt(() => api.inventory.act({ ref, action }))
  }
  if (action === 'start') {
    doIt()
    return
  }
  const names = those.map(label).join(', ')
  modals.openConfirmModal({
    title: i18next.t(`confirm.${action}.title`, { names, count: those.length }),
    children: <Text size="sm">{i18next.t(`confirm.${action}.text`)}</Text>,
    labels: { confirm: i18next.t(`actions.${action}`), cancel: i18next.t('cancel') },
    confirmProps: { color: 'red' },
    onConfirm: doIt,
  })
}

export async function copy(text: string | undefined): Promise<void> {
  if (!text) return
  try {
    await writeClipboard(text)
    notifications.show({ message: i18next.t('copied', { text }), autoClose: 2_500 })
  } catch {
    notifications.show({ color: 'red', message: i18next.t('notCopied') })
  }
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
