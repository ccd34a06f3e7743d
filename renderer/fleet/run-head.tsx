import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FleetRun } from '../../contract/models/fleet.ts'
import { api } from '../api/client.ts'
import { saveFile } from '../host/save-file.ts'
import { RunBar } from '../many/run-bar.tsx'
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
    <RunBar
      words="fleet"
      id={run.id}
      runs={runs.map((each) => ({ id: each.id, label: label(each) }))}
      all={run.hosts.length}
      going={going}
      bad={bad}
      onRun={(runId) => wish({ runId })}
      cancel={() => api.fleet.cancel({ id: run.id })}
      clear={() => api.fleet.clear({ id: run.id })}
    >
      <Button size="compact-sm" variant="default" leftSection={<IconDownload size={15} />} onClick={save}>
        {t('csv')}
      </Button>
    </RunBar>
  )
}
