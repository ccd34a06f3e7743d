import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconCloudUpload, IconRefresh } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeployedApp } from '../../contract/models/deploy.ts'
import type { Instance } from '../../contract/models/instance.ts'
import type { Target } from '../../contract/models/terminal.ts'
import { query, toUserError } from '../api/client.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { useDelayed } from '../app/use-delayed.ts'
import { AppCard } from './app-card.tsx'
import { ProjectDialog } from './project-dialog.tsx'
import { RunView } from './run-view.tsx'
import { ask, useHostApps, useRuns } from './use-deploy.ts'

/** The projects that run on an instance as services, and the way to one more. */
export function DeployTab({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('deploy')
  if (instance.windows) return <Note text={t('windows')} />
  if (instance.state !== 'running') return <Note text={t('notRunning')} />
  return <Apps instance={instance} />
}

function Note({ text }: { readonly text: string }) {
  return (
    <Text size="sm" c="dimmed" p="sm">
      {text}
    </Text>
  )
}

function Apps({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('deploy')
  const target: Target = { kind: 'instance', ref: instance.ref }
  const { data, error, refetch, isFetching, enabled } = useHostApps(target)
  const runs = useRuns(target)
  const [open, setOpen] = useState<{ readonly app?: DeployedApp } | undefined>()
  const late = useDelayed(enabled && !data && !error)
  useAskedAgain(target, runs.map(({ id, phase }) => `${id} ${phase.kind}`).join())

  return (
    <Stack gap="md" p="sm">
      {!enabled && (
        <>
          <Text size="sm">{t('intro')}</Text>
          <Group gap="xs">
            <Button size="xs" variant="default" onClick={() => ask(target)}>
              {t('look')}
            </Button>
            <Text size="xs" c="dimmed">
              {t('lookHint')}
            </Text>
          </Group>
        </>
      )}
      {late && <Skeleton height={90} role="status" aria-label={t('looking')} />}
      {error && <ErrorMessage error={toUserError(error)} instance={instance.ref} onRetry={() => void refetch()} />}
      {runs.map((run) => (
        <RunView key={run.id} run={run} target={target} />
      ))}
      {data?.services === 'none' && (
        <Alert color="yellow" p="xs">
          {t('noServices')}
        </Alert>
      )}
      {data?.apps.map((app) => (
        <AppCard
          key={app.name}
          app={app}
          instance={instance}
          busy={runs.some((run) => run.app === app.name && run.phase.kind !== 'done' && run.phase.kind !== 'failed')}
          onAgain={() => setOpen({ app })}
          onChanged={() => void refetch()}
        />
      ))}
      {data && data.apps.length === 0 && runs.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('none')}
        </Text>
      )}
      {data && data.damaged.length > 0 && (
        <Text size="xs" c="var(--mooring-warn)">
          {t('damaged', { names: data.damaged.join(', ') })}
        </Text>
      )}
      {data && (
        <Group gap="xs">
          <Button size="xs" leftSection={<IconCloudUpload size={15} />} disabled={data.services === 'none'} onClick={() => setOpen({})}>
            {t('new')}
          </Button>
          <Button size="xs" variant="subtle" leftSection={<IconRefresh size={15} />} loading={isFetching} onClick={() => void refetch()}>
            {t('refresh')}
          </Button>
        </Group>
      )}
      {open && <ProjectDialog target={target} app={open.app} onClose={() => setOpen(undefined)} />}
    </Stack>
  )
}

/** What a deployment has changed is asked again. */
function useAskedAgain(target: Target, phases: string) {
  const client = useQueryClient()
  const key = JSON.stringify(target)
  useEffect(() => {
    if (phases) void client.invalidateQueries({ queryKey: query.deploy.list.queryOptions({ input: { target: JSON.parse(key) } }).queryKey })
  }, [client, key, phases])
}
