import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Fault, FaultKind } from '../../contract/models/audit.ts'
import { formatList } from '../words/formats.ts'
import classes from './audit.module.css'
import { useFaultWords } from './use-fault-words.ts'

interface Props {
  readonly kind: FaultKind
  readonly faults: readonly Fault[]
  onRemedy(remedy: Fault['remedy']): void
}

/** A person reads what it is once, and then to which it applies. */
const FIRST = 8

export function FaultGroup({ kind, faults, onRemedy }: Props) {
  const { t } = useTranslation('audit')
  const [all, setAll] = useState(false)
  if (faults.length === 0) return undefined
  const shown = all ? faults : faults.slice(0, FIRST)
  const together = forAll(faults)
  return (
    <div>
      <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
        <div>
          <Text size="sm" fw={600}>
            {t(`kind.${kind}`, { count: faults.length })}
          </Text>
          <Text size="xs" c="dimmed">
            {t(`why.${kind}`)}
          </Text>
        </div>
        {together && (
          <Button size="compact-xs" variant="light" flex="none" onClick={() => onRemedy(together)}>
            {t('forAll', { count: faults.length })}
          </Button>
        )}
      </Group>
      <ul className={classes.faults} aria-label={t(`kind.${kind}`, { count: faults.length })}>
        {shown.map((fault) => (
          <FaultLine key={fault.id} fault={fault} onRemedy={onRemedy} />
        ))}
      </ul>
      {shown.length < faults.length && (
        <Button size="compact-xs" variant="subtle" onClick={() => setAll(true)}>
          {t('more', { count: faults.length - shown.length })}
        </Button>
      )}
    </div>
  )
}

function FaultLine({ fault, onRemedy }: { readonly fault: Fault; onRemedy(remedy: Fault['remedy']): void }) {
  const { t, i18n } = useTranslation('audit')
  const words = useFaultWords()
  const { remedy, users, name, target } = fault
  const more = users.length - 4
  const usedBy = formatList(users.slice(0, 4).concat(more > 0 ? t('others', { count: more }) : []), i18n.language)
  return (
    <li className={classes.fault} data-weight={fault.weight}>
      <div className={classes.text}>
        <Text size="sm">{words.sentence(fault)}</Text>
        <Text size="xs" c="dimmed" className={classes.wrap ?? ''}>
          {[target === name ? '' : target, users.length > 0 ? t('usedBy', { names: usedBy }) : ''].filter(Boolean).join(' · ')}
        </Text>
        {remedy.kind === 'advice' && <Text size="xs">{t(`advice.${remedy.code}`)}</Text>}
      </div>
      {remedy.kind !== 'advice' && (
        <Button size="compact-xs" variant="default" flex="none" aria-label={words.remedyOf(fault)} onClick={() => onRemedy(remedy)}>
          {words.remedy(fault)}
        </Button>
      )}
    </li>
  )
}

/** The same change for all of them, where it is one. */
function forAll(faults: readonly Fault[]): Fault['remedy'] | undefined {
  const [first] = faults
  if (faults.length < 2 || first?.remedy.kind !== 'change') return undefined
  const same = JSON.stringify(first.remedy.change)
  const refs = faults.flatMap(({ remedy }) => (remedy.kind === 'change' && JSON.stringify(remedy.change) === same ? remedy.refs : []))
  return refs.length === faults.length ? { ...first.remedy, refs } : undefined
}
