import { Button, Group, SegmentedControl, Select, Text } from '@mantine/core'
import { IconDownload, IconPlayerStop, IconRepeat, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ManyRun } from '../../contract/models/many.ts'
import { targetKey } from '../../contract/models/target-key.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { formatMoment } from '../words/formats.ts'
import { exportRun } from './export-run.ts'
import { useHostWords } from './host-state.tsx'
import { outcomeOf } from './order.ts'
import { useWish, wish } from './wish.ts'

/** How far it is, and what can be done about it. */
export function RunHead({ run, runs }: { readonly run: ManyRun; readonly runs: readonly ManyRun[] }) {
  const { t, i18n } = useTranslation('many')
  const words = useHostWords()
  const { view } = useWish()
  const outcomes = run.hosts.map(outcomeOf)
  const count = (...which: (typeof outcomes)[number][]) => outcomes.filter((outcome) => which.includes(outcome)).length
  const going = count('going', 'waiting')
  const bad = count('failed', 'bad')
  return (
    <Group gap="xs" role="toolbar" aria-label={t('runTools')}>
      {runs.length > 1 && (
        <Select
          size="xs"
          w={240}
          aria-label={t('runs')}
          allowDeselect={false}
          data={runs.map(({ id, command, startedAt }) => ({ value: id, label: `${formatMoment(startedAt, i18n.language)} · ${command}` }))}
          value={run.id}
          onChange={(runId) => runId && wish({ runId })}
        />
      )}
      <SegmentedControl
        size="xs"
        aria-label={t('view')}
        value={view}
        onChange={(chosen) => wish({ view: chosen })}
        data={(['hosts', 'groups'] as const).map((value) => ({ value, label: t(`views.${value}`) }))}
      />
      <Text size="sm" role="status" style={{ flex: 1 }}>
        {t('progress', { done: run.hosts.length - going, all: run.hosts.length })}
        {bad > 0 && ` · ${t('bad', { count: bad })}`}
      </Text>
      {going > 0 && (
        <Button
          size="compact-sm"
          color="red"
          leftSection={<IconPlayerStop size={15} />}
          onClick={() => void attempt(() => api.many.cancel({ id: run.id }))}
        >
          {t('cancelAll')}
        </Button>
      )}
      {going === 0 && bad > 0 && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconRepeat size={15} />}
          onClick={() =>
            wish({
              command: run.command,
              chosen: run.hosts.filter((host) => outcomeOf(host) !== 'good').map(({ target }) => targetKey(target)),
            })
          }
        >
          {t('chooseBad')}
        </Button>
      )}
      <Button size="compact-sm" variant="default" leftSection={<IconDownload size={15} />} onClick={() => void exportRun(run, words)}>
        {t('export')}
      </Button>
      {going === 0 && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconTrash size={15} />}
          onClick={() => void attempt(() => api.many.clear({ id: run.id }))}
        >
          {t('clear')}
        </Button>
      )}
    </Group>
  )
}
