import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChangeState } from '../../contract/models/change.ts'
import { api } from '../api/client.ts'
import { useChanges, useLive } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { useChangeWords } from './change-words.ts'
import { isOver, portion } from './portion.ts'

/** Long enough to see what it did, and to take it back. */
const SEEN_MS = 15_000

/** Each change has its notice, from its beginning until it is over. */
export function useChangeNotices(): void {
  useEffect(
    () =>
      useLive.subscribe(({ changes }, before) => {
        if (changes === before.changes) return
        for (const change of changes) {
          const was = before.changes.find(({ id }) => id === change.id)
          const failed = change.targets.some(({ phase }) => phase === 'failed')
          const id = noticeOf(change.id)
          const common = { id, message: <Notice id={change.id} />, color: failed ? 'red' : 'mooring', role: failed ? 'alert' : 'status' }
          if (!was && !change.over) notifications.show({ ...common, autoClose: false })
          else if (change.over && was?.over !== true && (was || failed))
            (was ? notifications.update : notifications.show)({ ...common, autoClose: failed ? false : SEEN_MS })
        }
      }),
    [],
  )
}

const noticeOf = (id: string) => `change-${id}`

function Notice({ id }: { readonly id: string }) {
  const change = useChanges().find((each) => each.id === id)
  return change ? <ChangeLines change={change} onDone={() => notifications.hide(noticeOf(id))} /> : undefined
}

/** How far it is, what can be done about it, and what was said of what failed. */
export function ChangeLines({ change, onDone }: { readonly change: ChangeState; onDone?(): void }) {
  const { t } = useTranslation('instance')
  const words = useChangeWords()
  const { id, targets, over, canUndo } = change
  return (
    <Stack gap={6}>
      <Text size="sm">{words.change(change)}</Text>
      {!over && <Progress size="xs" value={portion(targets)} animated aria-label={words.change(change)} />}
      {targets
        .filter(({ phase }) => phase === 'failed' || (phase === 'waiting' && targets.length < 4))
        .map((target) => (
          <Text key={target.target} size="xs" c="dimmed">
            {targets.length > 1 ? `${target.name}: ${words.target(target)}` : words.target(target)}
          </Text>
        ))}
      <Group gap="xs">
        {!over && targets.some((target) => !isOver(target)) && (
          <Button size="compact-xs" variant="default" onClick={() => void attempt(() => api.changes.leave({ id }))}>
            {t('leave')}
          </Button>
        )}
        {over && canUndo && (
          <Button
            size="compact-xs"
            variant="light"
            onClick={() => {
              onDone?.()
              openDialog({ kind: 'change-undo', id })
            }}
          >
            {t('takeBack')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
