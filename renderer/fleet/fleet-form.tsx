import { Button, Group, SegmentedControl, Switch, Text } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { fleetOperation } from '../../contract/models/fleet.ts'
import { MOST_AT_ONCE } from '../../contract/models/many.ts'
import { api, query, toUserError } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { ErrorMessage } from '../app/error-message.tsx'
import { useAllInstances } from '../instances/use-instances.ts'
import { CountInput } from '../many/count-input.tsx'
import many from '../many/many.module.css'
import { PlanView } from './plan-view.tsx'
import { useWish, wish } from './wish.ts'

/** What shall be done on which instances, and what that comes to. */
export function FleetForm() {
  const { t } = useTranslation('fleet')
  const { refs, operation, restart, most, mostFailures } = useWish()
  const running = useAllInstances().filter(({ state }) => state === 'running')
  const [busy, setBusy] = useState(false)
  const options = { operation, restart: restart && operation !== 'scan', most, mostFailures }
  const { data, error, isFetching, refetch } = useQuery(
    query.fleet.plan.queryOptions({ input: { ...options, refs: [...refs] }, enabled: refs.length > 0, retry: false }),
  )
  // A plan for other wishes is none.
  const plan = isFetching ? undefined : data
  const reached = plan?.targets.filter(({ way }) => way.kind !== 'none').length ?? 0

  async function run() {
    if (!plan) return
    setBusy(true)
    const started = await attempt(() => api.fleet.run({ ...options, targets: plan.targets }))
    setBusy(false)
    if (started) wish({ runId: started.id })
  }
  return (
    <form
      className={many.form}
      aria-label={t('title')}
      onSubmit={(event) => {
        event.preventDefault()
        void run()
      }}
    >
      <Group gap="md" align="flex-end">
        <SegmentedControl
          size="sm"
          aria-label={t('what')}
          value={operation}
          onChange={(chosen) => wish({ operation: fleetOperation.parse(chosen) })}
          data={fleetOperation.options.map((value) => ({ value, label: t(`operation.${value}`) }))}
        />
        <CountInput size="xs" label={t('most')} w={110} max={MOST_AT_ONCE} value={most} onChange={(value) => wish({ most: value })} />
        <CountInput
          size="xs"
          label={t('mostFailures')}
          w={170}
          max={500}
          value={mostFailures}
          onChange={(value) => wish({ mostFailures: value })}
        />
        {operation !== 'scan' && (
          <Switch label={t('restart')} checked={restart} onChange={(event) => wish({ restart: event.currentTarget.checked })} mb={6} />
        )}
      </Group>
      <Text size="xs" c="dimmed">
        {t(`about.${operation}`)}
      </Text>
      {refs.length === 0 ? (
        <Group gap="xs">
          <Text size="sm">{t('choose')}</Text>
          <Button
            size="compact-sm"
            variant="default"
            disabled={running.length === 0}
            onClick={() => wish({ refs: running.map(({ ref }) => ref) })}
          >
            {t('chooseRunning')}
          </Button>
        </Group>
      ) : error && !isFetching ? (
        <ErrorMessage error={toUserError(error)} onRetry={() => void refetch()} />
      ) : (
        <PlanView plan={plan} />
      )}
      <Group justify="flex-end">
        <Text size="xs" c="dimmed" style={{ flex: 1 }}>
          {t('cost')}
        </Text>
        <Button type="submit" leftSection={<IconPlayerPlay size={16} />} disabled={reached === 0} loading={busy}>
          {t(`run.${operation}`, { count: reached })}
        </Button>
      </Group>
    </form>
  )
}
