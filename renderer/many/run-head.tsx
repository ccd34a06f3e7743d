import { Button, SegmentedControl } from '@mantine/core'
import { IconDownload, IconRepeat } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ManyRun } from '../../contract/models/many.ts'
import { targetKey } from '../../contract/models/target-key.ts'
import { api } from '../api/client.ts'
import { formatMoment } from '../words/formats.ts'
import { exportRun } from './export-run.ts'
import { useHostWords } from './host-words.ts'
import { outcomeOf } from './order.ts'
import { RunBar } from './run-bar.tsx'
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
    <RunBar
      words="many"
      id={run.id}
      runs={runs.map(({ id, command, startedAt }) => ({ id, label: `${formatMoment(startedAt, i18n.language)} · ${command}` }))}
      all={run.hosts.length}
      going={going}
      bad={bad}
      onRun={(runId) => wish({ runId })}
      cancel={() => api.many.cancel({ id: run.id })}
      clear={() => api.many.clear({ id: run.id })}
      view={
        <SegmentedControl
          size="xs"
          aria-label={t('view')}
          value={view}
          onChange={(chosen) => wish({ view: chosen })}
          data={(['hosts', 'groups'] as const).map((value) => ({ value, label: t(`views.${value}`) }))}
        />
      }
    >
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
    </RunBar>
  )
}
