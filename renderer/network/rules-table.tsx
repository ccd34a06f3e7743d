import { ActionIcon, Badge, Button, Card, Group, Table, Text, Title } from '@mantine/core'
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { InstanceNetwork, RuleDirection, SecurityRule } from '../../contract/models/network.ts'
import { formatMoment } from '../words/formats.ts'
import classes from './network.module.css'
import { isWorld, portWords, useRuleWords } from './rule-words.ts'

interface Props {
  readonly network: InstanceNetwork
  readonly direction: RuleDirection
  onAdd(): void
  onEdit(rule: SecurityRule): void
  onRemove(rule: SecurityRule): void
}

/** The rules of all the instance's groups in one direction, in words. */
export function RulesTable({ network, direction, onAdd, ...actions }: Props) {
  const { t } = useTranslation('network')
  const rules = network.rules.filter((rule) => rule.direction === direction)
  const title = t(`rules.${direction}`)
  return (
    <Card withBorder padding={0} component="section" aria-label={title}>
      <Group justify="space-between" px="sm" py="xs">
        <Title order={3} size="h6">
          {title}
        </Title>
        {network.groups.length > 0 && (
          <Button size="compact-xs" variant="subtle" leftSection={<IconPlus size={14} />} onClick={onAdd}>
            {t('rules.add')}
          </Button>
        )}
      </Group>
      {rules.length === 0 ? (
        <Text size="sm" c="dimmed" px="sm" pb="sm">
          {t(`rules.none.${direction}`)}
        </Text>
      ) : (
        <Table aria-label={title} className={classes.table ?? ''} verticalSpacing={6} horizontalSpacing="sm">
          <Table.Thead className={classes.unseen ?? ''}>
            <Table.Tr>
              <Table.Th>{t('rules.meaning')}</Table.Th>
              <Table.Th>{t('rules.port')}</Table.Th>
              <Table.Th>{t('rules.actions')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rules.map((rule) => (
              <RuleRow key={rule.id} rule={rule} network={network} {...actions} />
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Card>
  )
}

/** What the form can say; others can only be removed. */
const EDITABLE = new Set(['tcp', 'udp', 'icmp', '-1'])

interface RowProps extends Pick<Props, 'network' | 'onEdit' | 'onRemove'> {
  readonly rule: SecurityRule
}

function RuleRow({ rule, network, onEdit, onRemove }: RowProps) {
  const { t, i18n } = useTranslation('network')
  const words = useRuleWords()
  const meaning = words(rule)
  const group = network.groups.find(({ id }) => id === rule.groupId)
  const finding = network.findings.find(({ ruleId }) => ruleId === rule.id)
  const by = network.rules.find(({ id }) => id === finding?.by)
  return (
    <Table.Tr>
      <Table.Td>
        <Text size="sm" fw={500}>
          {meaning}
        </Text>
        <Text size="xs" c="dimmed" className={classes.wrap ?? ''}>
          {[group?.name ?? rule.groupId, rule.description].filter(Boolean).join(' · ')}
        </Text>
        {rule.ends && (
          <Badge size="sm" variant="light" radius="sm" className={classes.badge ?? ''}>
            {rule.ends.at ? t('ends.at', { at: formatMoment(rule.ends.at, i18n.language) }) : t('ends.mooring')}
          </Badge>
        )}
        {finding && by && (
          <Text size="xs" c="var(--mooring-warn)">
            {t(`finding.${finding.kind}`, { rule: words(by) })}
          </Text>
        )}
      </Table.Td>
      <Table.Td
        ta="right"
        c={isWorld(rule) && rule.direction === 'inbound' ? 'var(--mooring-warn)' : 'dimmed'}
        className={classes.port ?? ''}
      >
        {portWords(rule)}
      </Table.Td>
      <Table.Td ta="right" className={classes.actions ?? ''}>
        {EDITABLE.has(rule.protocol) && (
          <ActionIcon size="sm" aria-label={t('rules.edit', { rule: meaning })} onClick={() => onEdit(rule)}>
            <IconPencil size={14} />
          </ActionIcon>
        )}
        <ActionIcon size="sm" aria-label={t('rules.remove', { rule: meaning })} onClick={() => onRemove(rule)}>
          <IconTrash size={14} />
        </ActionIcon>
      </Table.Td>
    </Table.Tr>
  )
}
