import { Alert, Badge, Button, Card, Checkbox, Code, Group, Loader, Skeleton, Stack, Text, Title } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconRefresh } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import type { Target } from '../../contract/models/terminal.ts'
import type { HostUpdates, UpdateRun, UpdateScope } from '../../contract/models/updates.ts'
import { api, query, toUserError } from '../api/client.ts'
import { useUpdateRuns } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { ErrorMessage } from '../app/error-message.tsx'
import { imageNameFor } from '../backups/image-name.ts'
import { change, label } from '../instances/actions.tsx'
import { formatDistance, formatList } from '../words/formats.ts'
import classes from './updates.module.css'

/** What of an instance's system is not current, and bringing it up to date. */
export function UpdatesTab({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('updates')
  if (instance.windows || instance.state !== 'running') {
    return (
      <Text size="sm" c="dimmed" p="sm">
        {t(instance.windows ? 'windows' : 'notRunning')}
      </Text>
    )
  }
  return <Updates instance={instance} />
}

function Updates({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation(['updates', 'shell'])
  const target: Target = { kind: 'instance', ref: instance.ref }
  const targetKey = JSON.stringify(target)
  const run = useUpdateRuns().find((each) => each.targetKey === targetKey)
  const [asked, setAsked] = useState(run !== undefined)
  const options = query.updates.check.queryOptions({ input: { target }, enabled: asked, retry: false, staleTime: Number.POSITIVE_INFINITY })
  const { data, error, refetch, isFetching } = useQuery(options)
  const client = useQueryClient()
  const done = run?.phase.kind === 'done' && run.id
  useEffect(() => {
    if (done)
      void client.invalidateQueries({ queryKey: query.updates.check.queryOptions({ input: { target: JSON.parse(targetKey) } }).queryKey })
  }, [client, done, targetKey])
  const busy = run !== undefined && run.phase.kind !== 'done' && run.phase.kind !== 'failed'
  const start = (scope: UpdateScope, after?: string) => void attempt(() => api.updates.start({ target, scope, ...(after && { after }) }))
  function update(scope: UpdateScope, backUp: boolean) {
    if (!backUp) return start(scope)
    const image = { kind: 'create-image', name: imageNameFor(label(instance), new Date()), description: '', reboot: false } as const
    change([instance], image, (changeId) => start(scope, changeId))
  }

  return (
    <Stack gap="md" p="sm">
      {!asked && (
        <>
          <Text size="sm">{t('intro')}</Text>
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => setAsked(true)}>
              {t('check')}
            </Button>
            <Text size="xs" c="dimmed">
              {t('checkHint')}
            </Text>
          </Group>
        </>
      )}
      {asked && !data && !error && <Skeleton height={90} role="status" aria-label={t('checking')} />}
      {error && <ErrorMessage error={toUserError(error)} instance={instance.ref} onRetry={() => void refetch()} />}
      {run && <RunView run={run} />}
      {data && (
        <Found
          found={data}
          busy={busy}
          checking={isFetching}
          onCheck={() => void refetch()}
          onUpdate={update}
          onRestart={() =>
            modals.openConfirmModal({
              title: t('restart.title'),
              children: <Text size="sm">{t('restart.text')}</Text>,
              labels: { confirm: t('restart.do'), cancel: t('shell:cancel') },
              confirmProps: { color: 'red' },
              onConfirm: () => void attempt(() => api.updates.restart({ target })),
            })
          }
        />
      )}
    </Stack>
  )
}

interface FoundProps {
  readonly found: HostUpdates
  readonly busy: boolean
  readonly checking: boolean
  onCheck(): void
  onUpdate(scope: UpdateScope, backUp: boolean): void
  onRestart(): void
}

function Found({ found, busy, checking, onCheck, onUpdate, onRestart }: FoundProps) {
  const { t, i18n } = useTranslation('updates')
  const { pending, restart, manager } = found
  const urgent = pending.filter(({ security }) => security)
  const blocked = busy || checking || !found.allowed
  const [backUp, setBackUp] = useState(false)
  return (
    <Card withBorder padding="sm" component="section" aria-label={t('pending')}>
      <Group justify="space-between" wrap="nowrap">
        <Title order={3} size="h6">
          {pending.length === 0 ? t('current') : t('count', { count: pending.length })}
        </Title>
        <Button
          size="compact-xs"
          variant="subtle"
          style={{ flex: 'none' }}
          leftSection={<IconRefresh size={13} />}
          loading={checking}
          disabled={busy}
          onClick={onCheck}
        >
          {t('again')}
        </Button>
      </Group>
      <Text size="xs" c="dimmed" mb="xs">
        {[found.system, manager, found.changedAt && t('changed', { when: formatDistance(found.changedAt, i18n.language) })]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      {urgent.length > 0 && (
        <Text size="sm" c="var(--mooring-warn)" mb="xs">
          {t('security', { count: urgent.length })}
        </Text>
      )}
      {!found.tellsSecurity && pending.length > 0 && (
        <Text size="xs" c="dimmed" mb="xs">
          {t('noSecurity', { manager })}
        </Text>
      )}
      {found.going && !busy && (
        <Alert color="yellow" variant="light" p="xs" mb="xs">
          {t('going')}
        </Alert>
      )}
      {(restart.needed || restart.services.length > 0) && (
        <Alert color="yellow" variant="light" p="xs" mb="xs" role="status">
          {restart.needed ? t('restart.needed') : t('restart.services', { names: formatList(restart.services, i18n.language) })}
        </Alert>
      )}
      {!found.allowed && (
        <Alert color="yellow" variant="light" p="xs" mb="xs">
          {t('notAllowed')}
        </Alert>
      )}
      {pending.length > 0 && !found.going && (
        <Checkbox
          size="xs"
          mb="xs"
          label={t('backup.first')}
          description={t('backup.means')}
          checked={backUp}
          disabled={blocked}
          onChange={({ currentTarget }) => setBackUp(currentTarget.checked)}
        />
      )}
      <Group gap={6} mb="xs">
        {(pending.length > 0 || found.going) && (
          <Button size="compact-sm" disabled={blocked} onClick={() => onUpdate('all', backUp && !found.going)}>
            {t(found.going ? 'follow' : 'updateAll')}
          </Button>
        )}
        {urgent.length > 0 && !found.going && (
          <Button size="compact-sm" variant="default" disabled={blocked} onClick={() => onUpdate('security', backUp)}>
            {t('updateSecurity')}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" disabled={busy} onClick={onRestart}>
          {t('restart.do')}
        </Button>
      </Group>
      {pending.length > 0 && (
        <ul className={classes.packages} aria-label={t('packages')}>
          {pending.slice(0, SHOWN).map(({ name, from, to, security }) => (
            <li key={name}>
              <Text size="sm" component="span" fw={security ? 600 : 400}>
                {name}
              </Text>{' '}
              {security && (
                <Badge size="xs" radius="sm" color="yellow" variant="light" className={classes.badge ?? ''}>
                  {t('securityBadge')}
                </Badge>
              )}
              <Text size="xs" c="dimmed">
                {from ? `${from} → ${to ?? ''}` : to}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}

const SHOWN = 300

function RunView({ run: { id, what, phase, command, output } }: { readonly run: UpdateRun }) {
  const { t } = useTranslation('updates')
  const over = phase.kind === 'done' || phase.kind === 'failed'
  return (
    <Card withBorder padding="sm" component="section" aria-label={t(`run.${what}`)}>
      <Group justify="space-between" wrap="nowrap" mb="xs">
        <Group gap="xs" wrap="nowrap">
          {!over && <Loader size={14} />}
          <Title order={3} size="h6">
            {t(`run.${what}`)}
          </Title>
        </Group>
        <Button size="compact-xs" variant="subtle" onClick={() => void attempt(() => api.updates.cancel({ id }))}>
          {t(over ? 'run.close' : 'run.cancel')}
        </Button>
      </Group>
      {phase.kind === 'waiting' && (
        <Text size="sm" role="status">
          {t('backup.waiting')}
        </Text>
      )}
      {command && <Code className={classes.command ?? ''}>{command}</Code>}
      {phase.kind === 'lost' && (
        <Alert color="yellow" variant="light" p="xs" mt="xs" role="status">
          {t(what === 'restart' ? 'run.away' : 'run.lost')}
        </Alert>
      )}
      {output && (
        <Code
          block
          mt="xs"
          className={classes.output ?? ''}
          tabIndex={0}
          aria-label={t('run.output')}
          ref={(element) => {
            if (element) element.scrollTop = element.scrollHeight
          }}
        >
          {output}
        </Code>
      )}
      {phase.kind === 'done' && (
        <Text size="sm" mt="xs" c="var(--mooring-ok)" role="status">
          {t(what === 'restart' ? 'run.back' : 'run.done')}
        </Text>
      )}
      {phase.kind === 'failed' && <ErrorMessage error={phase.error} />}
    </Card>
  )
}
