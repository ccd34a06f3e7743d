import { Button, Group, Select, Text } from '@mantine/core'
import { IconDownload, IconPlayerStop, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FleetRun } from '../../contract/models/fleet.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { saveFile } from '../host/save-file.ts'
import { formatMoment } from '../words/formats.ts'
import { runAsCsv } from './csv.ts'
import { useHostWords, useRestartWords } from './host-words.ts'
import { isGoing, outcomeOf } from './order.ts'
import { wish } from './wish.ts'

/** How far it is, and what can be done about it. */
export function RunHead({ run, runs }: { readonly run: FleetRun; readonly runs: readonly FleetRun[] }) {
  const { t, i18n } = useTranslation('fleet')
  const [words, restartWords] = [useHostWords(), useRestartWords()]
  const going = run.hosts.filter(isGoing).length
  const bad = run.hosts.filter((host) => ['failed', 'skipped'].includes(outcomeOf(host))).length
  const label = ({ operation, startedAt, hosts }: FleetRun) =>
    `${formatMoment(startedAt, i18n.language)} · ${t(`operation.${operation}`)} · ${t('instances', { count: hosts.length })}`
  function save() {
    const csv = runAsCsv(run, { state: words, restart: restartWords }, i18n.getFixedT(null, 'fleet'))
    saveFile(`mooring-updates-${run.startedAt.slice(0, 19).replaceAll(':', '-')}.csv`, csv, 'text/csv')
  }
  return (
    <Group gap="xs" role="toolbar" aria-label={t('runTools')}>
      {runs.length > 1 ? (
        <Select
          size="xs"
          w={330}
          aria-label={t('runs')}
          allowDeselect={false}
          data={runs.map((each) => ({ value: each.id, label: label(each) }))}
          value={run.id}
          onChange={(runId) => runId && wish({ runId })}
        />
      ) : (
        <Text size="sm" fw={600}>
          {label(run)}
        </Text>
      )}
      <Text size="sm" role="status" style={{ flex: 1 }}>
        {t('progress', { done: run.hosts.length - going, all: run.hosts.length })}
        {bad > 0 && ` · ${t('bad', { count: bad })}`}
      </Text>
      {going > 0 && (
        <Button
          size="compact-sm"
          color="red"
          leftSection={<IconPlayerStop size={15} />}
          onClick={() => void attempt(() => api.fleet.cancel({ id: run.id }))}
        >
          {t('cancel')}
        </Button>
      )}
      <Button size="compact-sm" variant="default" leftSection={<IconDownload size={15} />} onClick={save}>
        {t('csv')}
      </Button>
      {going === 0 && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconTrash size={15} />}
          onClick={() => void attempt(() => api.fleet.clear({ id: run.id }))}
        >
          {t('clear')}
        </Button>
      )}
    </Group>
  )
}
