import { Loader, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { FleetPlan, FleetTarget } from '../../contract/models/fleet.ts'
import { useDelayed } from '../app/use-delayed.ts'
import { CommandBlock } from '../changes/command-block.tsx'
import { formatList } from '../words/formats.ts'
import classes from './fleet.module.css'
import { RunProblems } from './run-problems.tsx'

/** How each instance is reached, and the calls that go to AWS. */
export function PlanView({ plan }: { readonly plan: FleetPlan | undefined }) {
  const { t, i18n } = useTranslation('fleet')
  const slow = useDelayed(plan === undefined)
  if (!plan) {
    return (
      <Text size="sm" c="dimmed" role="status" mih={44}>
        {slow && (
          <>
            <Loader size={12} mr={6} />
            {t('planning')}
          </>
        )}
      </Text>
    )
  }
  const ways = Map.groupBy(plan.targets, ({ way }: FleetTarget) => (way.kind === 'none' ? (`none.${way.reason}` as const) : way.kind))
  return (
    <>
      <RunProblems problems={plan.problems} text={t('sshInstead')} />
      <dl className={classes.ways} aria-label={t('plan')}>
        {[...ways].map(([way, targets]) => (
          <div key={way}>
            <dt>{t(`way.${way}`)}</dt>
            <dd>
              {formatList(
                targets.map(({ name }) => name),
                i18n.language,
              )}
            </dd>
          </div>
        ))}
      </dl>
      {plan.commands.length > 0 && <CommandBlock command={plan.commands.join('\n')} />}
    </>
  )
}
