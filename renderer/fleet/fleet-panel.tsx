import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFleetRuns } from '../api/live.ts'
import many from '../many/many.module.css'
import { FleetForm } from './fleet-form.tsx'
import { FleetTable } from './fleet-table.tsx'
import { RunHead } from './run-head.tsx'
import { RunProblems } from './run-problems.tsx'
import { useWish } from './wish.ts'

/** The updates of many instances: how each is reached, what is done, and what came of it. */
export function FleetPanel() {
  const { t } = useTranslation('fleet')
  const runs = useFleetRuns()
  const { runId } = useWish()
  const run = runs.find(({ id }) => id === runId) ?? runs[0]
  return (
    <div className={many.panel}>
      <FleetForm />
      {run ? (
        <section className={many.results} aria-label={t('results')}>
          <RunHead run={run} runs={runs} />
          <RunProblems problems={run.problems} />
          <FleetTable key={run.id} run={run} />
        </section>
      ) : (
        <Text size="sm" c="dimmed" className={many.empty}>
          {t('empty')}
        </Text>
      )}
    </div>
  )
}
