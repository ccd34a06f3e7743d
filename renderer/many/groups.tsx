import { Switch } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ManyRun } from '../../contract/models/many.ts'
import { formatList } from '../words/formats.ts'
import { compareLines } from './compare.ts'
import { Differences } from './differences.tsx'
import { HostCard } from './host-card.tsx'
import { useHostWords } from './host-words.ts'
import classes from './many.module.css'
import { failuresFirst, type Group, groupsOf, outcomeOf } from './order.ts'
import { OutcomeMark } from './outcome-mark.tsx'
import { Output } from './output.tsx'
import { useOutput } from './use-output.ts'

/** Who printed the same; and what the others have that the commonest has not. */
export function Groups({ run }: { readonly run: ManyRun }) {
  const { t } = useTranslation('many')
  const [differences, setDifferences] = useState(true)
  const groups = groupsOf(run.hosts)
  const [commonest, ...others] = groups
  return (
    <>
      <Switch
        size="xs"
        label={t('differences')}
        checked={differences}
        onChange={(event) => setDifferences(event.currentTarget.checked)}
        disabled={others.length === 0}
      />
      {failuresFirst(run.hosts)
        .filter(({ host }) => host.phase.kind === 'failed')
        .map((numbered) => (
          <HostCard key={numbered.index} runId={run.id} numbered={numbered} />
        ))}
      {commonest && others.length === 0 && run.hosts.length > 1 && <p className={classes.none}>{t('allAlike')}</p>}
      {others.map((group) => (
        <GroupCard key={group.alike} run={run} group={group} {...(commonest && differences && { against: commonest })} />
      ))}
      {commonest && <GroupCard run={run} group={commonest} />}
    </>
  )
}

interface Props {
  readonly run: ManyRun
  readonly group: Group
  readonly against?: Group
}

function GroupCard({ run, group, against }: Props) {
  const { t, i18n } = useTranslation('many')
  const words = useHostWords()
  const [first] = group.members
  const output = useOutput(run.id, first, true)?.text ?? ''
  const common = useOutput(run.id, against?.members[0] ?? first, true)?.text ?? ''
  const names = formatList(
    group.members.map(({ host }) => host.name),
    i18n.language,
  )
  const { ms: _, ...withoutTime } = first.host
  return (
    <section className={classes.card} aria-label={t('group', { names })}>
      <header className={classes.cardHead}>
        <OutcomeMark outcome={outcomeOf(first.host)} />
        <b>{t('hosts', { count: group.members.length })}</b>
        <span className={classes.names}>{names}</span>
        <span>{words(withoutTime)}</span>
      </header>
      {against ? (
        <Differences lines={compareLines(common, output)} />
      ) : (
        <Output label={t('outputOf', { name: names })}>{output || t('printedNothing')}</Output>
      )}
    </section>
  )
}
