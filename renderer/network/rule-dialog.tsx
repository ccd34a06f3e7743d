import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InstanceRef } from '../../contract/models/instance.ts'
import type { InstanceNetwork, NetworkChange, RuleDirection, SecurityRule } from '../../contract/models/network.ts'
import { query } from '../api/client.ts'
import { ChangeReview } from './change-review.tsx'
import { OwnAddressLine } from './own-address-line.tsx'
import { emptyForm, formOf, needsPorts, peerKinds, presets, problemsOf, type RuleForm, wantedRule } from './rule-form.ts'

interface Props {
  readonly target: InstanceRef
  readonly network: InstanceNetwork
  readonly direction: RuleDirection
  /** The one to change; absent: a new one. */
  readonly rule?: SecurityRule | undefined
  onClose(): void
}

/** A rule is filled in, then shown as the change that it is. */
export function RuleDialog(props: Props) {
  const { t } = useTranslation('network')
  const { target, direction, rule, onClose } = props
  const [change, setChange] = useState<NetworkChange | undefined>()
  const title = rule ? t('form.editTitle') : t(`form.addTitle.${direction}`)
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      {change && <ChangeReview target={target} change={change} onBack={() => setChange(undefined)} onClose={onClose} />}
      {/* It stays, so that going back finds what was typed. */}
      <div hidden={change !== undefined}>
        <Form {...props} onSubmit={setChange} />
      </div>
    </Modal>
  )
}

/** EC2 keeps the kind of what a rule is about. */
const SAME_KIND: Readonly<Record<string, readonly string[]>> = { group: ['group'], 'prefix-list': ['prefix-list'] }

function Form({ target, network, direction, rule, onClose, onSubmit }: Props & { onSubmit(change: NetworkChange): void }) {
  const { t } = useTranslation(['network', 'shell'])
  const { data: choices } = useQuery(query.network.choices.queryOptions({ input: { ref: target } }))
  const form = useForm<RuleForm>({
    initialValues: rule ? formOf(rule) : emptyForm(network.groups[0]?.id ?? '', direction),
    validate: (values) => Object.fromEntries(Object.entries(problemsOf(values)).map(([field, problem]) => [field, t(`form.${problem}`)])),
  })
  const { preset, peer } = form.values
  const kinds = rule
    ? peerKinds.filter((kind) => (SAME_KIND[rule.peer.kind] ?? ['this-computer', 'anyone', 'cidr']).includes(kind))
    : peerKinds

  function submit(values: RuleForm) {
    const wanted = wantedRule(values, direction)
    if (!rule) return onSubmit({ kind: 'add', groupId: values.groupId, rule: wanted, end: values.end })
    // What the form does not show stays: a message's type and code.
    const same = rule.protocol.startsWith('icmp') && preset === 'icmp'
    const kept = same ? { protocol: rule.protocol as 'icmp', fromPort: rule.fromPort, toPort: rule.toPort } : {}
    onSubmit({ kind: 'edit', ruleId: rule.id, rule: { ...wanted, ...kept } })
  }
  const options = (items: readonly { id: string; name: string }[] | undefined) =>
    (items ?? []).map(({ id, name }) => ({ value: id, label: `${name} (${id})` }))
  return (
    <form onSubmit={form.onSubmit(submit)}>
      <Stack gap="sm">
        {!rule && network.groups.length > 1 && (
          <Select label={t('form.group')} allowDeselect={false} data={options(network.groups)} {...form.getInputProps('groupId')} />
        )}
        <Group grow align="flex-start">
          <Select
            label={t('form.service')}
            allowDeselect={false}
            data={presets.map((value) => ({ value, label: t(`form.preset.${value}`) }))}
            {...form.getInputProps('preset')}
          />
          {needsPorts(preset) && (
            <TextInput label={t('form.ports')} placeholder="8000-8100" data-autofocus {...form.getInputProps('ports')} />
          )}
        </Group>
        <Group grow align="flex-start">
          <Select
            label={t(`form.peer.${direction}`)}
            allowDeselect={false}
            data={kinds.map((value) => ({ value, label: t(`form.kind.${value}`) }))}
            {...form.getInputProps('peer')}
          />
          {peer === 'cidr' && <TextInput label={t('form.cidr')} placeholder="203.0.113.0/24" {...form.getInputProps('cidr')} />}
          {peer === 'group' && (
            <Select label={t('form.peerGroup')} searchable data={options(choices?.groups)} {...form.getInputProps('peerGroupId')} />
          )}
          {peer === 'prefix-list' && (
            <Select label={t('form.prefixList')} searchable data={options(choices?.prefixLists)} {...form.getInputProps('prefixListId')} />
          )}
        </Group>
        {peer === 'this-computer' && <OwnAddressLine own={network.ownAddress} />}
        <TextInput label={t('form.description')} maxLength={255} {...form.getInputProps('description')} />
        {!rule && (
          <Select
            label={t('form.end')}
            allowDeselect={false}
            data={(['keep', 'hour', 'mooring'] as const).map((value) => ({ value, label: t(`form.ends.${value}`) }))}
            {...form.getInputProps('end')}
          />
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('shell:cancel')}
          </Button>
          <Button type="submit">{t('form.next')}</Button>
        </Group>
      </Stack>
    </form>
  )
}
