import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChangeState, ChangeTarget } from '../../contract/models/change.ts'
import { api } from '../api/client.ts'
import { useChanges, useLive } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { openIfReady, openReady, readyToOpen } from '../launch/open-when-ready.ts'
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
          if (change.over) openIfReady(change)
          const was = before.changes.find(({ id }) => id === change.id)
          const failed = change.targets.some(({ phase }) => phase === 'failed' || phase === 'interrupted')
          const id = noticeOf(change.id)
          const common = { id, message: <Notice id={change.id} />, color: failed ? 'red' : 'mooring', role: failed ? 'alert' : 'status' }
          if (!was && !change.over) notifications.show({ ...common, autoClose: false })
          // A backup whose disk is still there is told of at the start too.
          else if (change.over && was?.over !== true && (was || failed || readyToOpen(change)?.folder !== undefined))
            (was ? notifications.update : notifications.show)({ ...common, autoClose: failed || !was ? false : SEEN_MS })
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
  const { t } = useTranslation(['instance', 'launch'])
  const words = useChangeWords()
  const ready = readyToOpen(change)
  const { id, targets, over, canUndo, canGoOn } = change
  return (
    <Stack gap={6}>
      <Text size="sm">{words.change(change)}</Text>
      {!over && <Progress size="xs" value={portion(targets)} animated aria-label={words.change(change)} />}
      {targets
        .filter(
          ({ phase, error }) => phase === 'failed' || (phase === 'interrupted' && error) || (phase === 'waiting' && targets.length < 4),
        )
        .map((target) => (
          <Text key={target.target} size="xs" c="dimmed">
            {targets.length > 1 ? `${target.name}: ${words.target(target)}` : words.target(target)}
          </Text>
        ))}
      {targets.map((target) => target.steps && <Steps key={`${target.target} steps`} target={target} steps={target.steps} />)}
      <Group gap="xs">
        {ready && (
          <Button
            size="compact-xs"
            onClick={() => {
              onDone?.()
              openReady(ready)
            }}
          >
            {t(ready.folder === undefined ? 'launch:open' : 'openFiles')}
          </Button>
        )}
        {over && canGoOn && (
          <Button size="compact-xs" onClick={() => void attempt(() => api.changes.goOn({ id }))}>
            {t('goOn')}
          </Button>
        )}
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
            {t(ready?.folder === undefined ? 'takeBack' : 'doneReading')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

/** What was done of it and what was not: an app that died, or an AWS that did not answer, leaves a person in no doubt. */
function Steps({ target: { name }, steps }: { readonly target: ChangeTarget; readonly steps: NonNullable<ChangeTarget['steps']> }) {
  const { t } = useTranslation('instance')
  return (
    <Stack component="ol" gap={2} m={0} pl="md" fz="xs" aria-label={`${t('stepsOf')} ${name}`}>
      {steps.map(({ command, state }) => (
        <li key={command} title={command}>
          <Text fz="xs" component="span" c={state === 'open' ? 'dimmed' : state === 'unsure' ? 'var(--mooring-warn)' : 'var(--mooring-ok)'}>
            {`${callOf(command)}: ${t(`step.${state}`)}`}
          </Text>
        </li>
      ))}
    </Stack>
  )
}

/** `create-image`, `wait image-available`: enough to know it by. */
function callOf(command: string): string {
  return /aws \S+ (wait \S+|\S+)/.exec(command)?.[1] ?? command
}
