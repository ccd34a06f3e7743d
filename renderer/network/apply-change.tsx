import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import type { PreparedChange } from '../../contract/models/network.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { ruleWords } from './rule-words.ts'

/** Long enough to see in the browser what the change did. */
const UNDO_MS = 30_000

/** Carries it out, and offers to take it back. False when it failed, which has then been said. */
export async function applyChange(prepared: PreparedChange): Promise<boolean> {
  const done = await attempt(() => api.network.apply({ id: prepared.id }))
  if (!done) return false
  const t = i18next.getFixedT(null, 'network')
  const id = `undo-${done.undo}`
  const undo = () => {
    notifications.hide(id)
    void attempt(() => api.network.undo(done))
  }
  const [first] = [...prepared.after, ...prepared.before]
  const rule = first ? ruleWords(first, t) : ''
  const kind = prepared.after.length === 0 ? 'removed' : prepared.before.length === 0 ? 'added' : 'edited'
  notifications.show({
    id,
    autoClose: UNDO_MS,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{t(`change.${kind}`, { rule, name: prepared.group.name })}</Text>
        <Button size="compact-sm" variant="light" flex="none" onClick={undo}>
          {t('change.undo')}
        </Button>
      </Group>
    ),
  })
  return true
}
