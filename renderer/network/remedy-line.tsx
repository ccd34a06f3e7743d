import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InstanceRef } from '../../contract/models/instance.ts'
import type { NetworkChange, RuleEnd } from '../../contract/models/network.ts'
import type { Remedy, Verdict } from '../../contract/models/verdict.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { ChangeDialog } from './change-dialog.tsx'

interface Props {
  readonly verdict: Verdict
  readonly target: InstanceRef
  onRemedied?: (() => void) | undefined
}

/** The one thing to do; a button where Mooring can do it. */
export function RemedyLine({ verdict: { remedy }, target, onRemedied }: Props) {
  const { t } = useTranslation('network')
  const [end, setEnd] = useState<RuleEnd>('keep')
  const [change, setChange] = useState<NetworkChange | undefined>()
  return (
    <Stack gap="xs" role="status">
      <Text size="sm">
        <RemedyWords remedy={remedy} />
      </Text>
      {remedy.kind === 'start' && (
        <Group>
          <Button size="xs" onClick={() => void attempt(() => api.inventory.act({ ref: target, action: 'start' }))}>
            {t('remedy.startIt')}
          </Button>
        </Group>
      )}
      {remedy.kind === 'allow' && (
        <Group gap="xs">
          <Button size="xs" onClick={() => setChange(remedy.change.kind === 'add' ? { ...remedy.change, end } : remedy.change)}>
            {t('remedy.allowIt', { address: remedy.address })}
          </Button>
          <Select
            size="xs"
            w={170}
            aria-label={t('form.end')}
            allowDeselect={false}
            data={(['keep', 'hour', 'mooring'] as const).map((value) => ({ value, label: t(`form.ends.${value}`) }))}
            value={end}
            onChange={(value) => setEnd((value ?? 'keep') as RuleEnd)}
          />
        </Group>
      )}
      {remedy.kind === 'replace' && (
        <Group>
          <Button size="xs" onClick={() => setChange(remedy.change)}>
            {t('remedy.replaceIt', { address: remedy.address })}
          </Button>
        </Group>
      )}
      {change && <ChangeDialog target={target} change={change} onClose={() => setChange(undefined)} onDone={onRemedied} />}
    </Stack>
  )
}

function RemedyWords({ remedy }: { readonly remedy: Remedy }) {
  const { t, i18n } = useTranslation(['network', 'shell'])
  if (remedy.kind === 'start') return t('network:remedy.start')
  if (remedy.kind === 'allow') return t('network:remedy.allow', { port: remedy.port, group: remedy.group })
  if (remedy.kind === 'replace') return t('network:remedy.replace', { old: remedy.old, address: remedy.address })
  const { state } = remedy.params
  const inWords = state ? { state: t(`shell:states.${state}` as 'shell:states.running') } : {}
  return i18n.t(`advice.${remedy.code}` as 'advice.timeout', { ns: 'network', ...remedy.params, ...inWords })
}
