import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useManyRuns } from '../api/live.ts'
import { Groups } from './groups.tsx'
import { HostCard } from './host-card.tsx'
import classes from './many.module.css'
import { failuresFirst } from './order.ts'
import { RunForm } from './run-form.tsx'
import { RunHead } from './run-head.tsx'
import { useWish } from './wish.ts'

/** One command on many hosts, and what each of them said. */
export function ManyPanel() {
  const { t } = useTranslation('many')
  const runs = useManyRuns()
  const { runId, view } = useWish()
  const run = runs.find(({ id }) => id === runId) ?? runs[0]
  return (
    <div className={classes.panel}>
      <RunForm />
      {run ? (
        <section className={classes.results} aria-label={t('results')}>
          <RunHead run={run} runs={runs} />
          <div className={view === 'hosts' ? classes.grid : classes.groups}>
            {view === 'hosts' ? (
              failuresFirst(run.hosts).map((numbered) => <HostCard key={numbered.index} runId={run.id} numbered={numbered} />)
            ) : (
              <Groups run={run} />
            )}
          </div>
        </section>
      ) : (
        <Text size="sm" c="dimmed" className={classes.empty}>
          {t('empty')}
        </Text>
      )}
    </div>
  )
}
