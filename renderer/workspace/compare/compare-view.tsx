import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { compareLines } from '../../many/compare.ts'
import { Differences } from '../../many/differences.tsx'
import { Output } from '../../many/output.tsx'
import { formatList } from '../../words/formats.ts'
import { takingPart, useMultiExec } from '../multi-exec.ts'
import { useTabs } from '../tabs.ts'
import classes from './compare.module.css'
import { useComparing } from './comparing.ts'
import { groupOutputs, type OutputGroup } from './group-outputs.ts'
import { useOutputs } from './use-outputs.ts'

/** Below the bar: who of those that are typed into together answers otherwise, and how. */
export function CompareView() {
  const { t } = useTranslation(['workspace', 'many'])
  const multiExec = useMultiExec()
  const tabs = useTabs((state) => state.tabs)
  const groups = groupOutputs(useOutputs(takingPart(multiExec, tabs)))
  const [commonest, ...others] = groups
  const differing = others.flatMap(({ members }) => members.map(({ key }) => key)).join(' ')
  useEffect(() => {
    useComparing.setState({ differing: new Set(differing.split(' ').filter(Boolean)) })
  }, [differing])

  return (
    <section className={classes.view} aria-label={t('multiExec.compareTitle')}>
      {!commonest && <p className={classes.none}>{t('multiExec.notYet')}</p>}
      {commonest && (
        <p className={classes.none} role="status">
          {others.length === 0
            ? t('multiExec.allAlike', { count: commonest.members.length })
            : t('multiExec.differ', { count: others.flatMap(({ members }) => members).length })}
        </p>
      )}
      {commonest && others.map((group) => <Group key={group.text} group={group} against={commonest.text} />)}
      {commonest && <Group group={commonest} />}
    </section>
  )
}

function Group({ group, against }: { readonly group: OutputGroup; readonly against?: string }) {
  const { t, i18n } = useTranslation('many')
  const names = formatList(
    group.members.map(({ name }) => name),
    i18n.language,
  )
  return (
    <section className={classes.group} aria-label={t('group', { names })}>
      <header className={classes.head}>
        <b>{t('hosts', { count: group.members.length })}</b> <span>{names}</span>
      </header>
      {against === undefined ? (
        <Output label={t('outputOf', { name: names })}>{group.text || t('printedNothing')}</Output>
      ) : (
        <Differences lines={compareLines(against, group.text)} />
      )}
    </section>
  )
}
