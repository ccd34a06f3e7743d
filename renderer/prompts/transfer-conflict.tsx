import { Button, Checkbox, Group, Stack, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../contract/models/prompt.ts'
import { formatBytes, formatDateTime } from '../words/formats.ts'
import type { GiveAnswer } from './prompts.tsx'

interface Props {
  readonly question: Extract<Question, { kind: 'transfer-conflict' }>
  readonly give: GiveAnswer
}

/** Both files side by side, and what may be done about them. Nothing is lost by the button that has the focus. */
export function TransferConflict({ question, give }: Props) {
  const { t, i18n } = useTranslation()
  const [forAll, setForAll] = useState(false)
  const answer = (rule: 'overwrite' | 'newer' | 'rename' | 'skip') => () => give({ kind: 'conflict', rule, forAll })
  return (
    <Stack gap="sm">
      <Text>{t(`prompts.transfer-conflict.${question.direction}`)}</Text>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {(['which', 'size', 'modified'] as const).map((column) => (
              <Table.Th key={column}>{t(`prompts.transfer-conflict.${column}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {(['source', 'existing'] as const).map((which) => (
            <Table.Tr key={which}>
              <Table.Td>{t(`prompts.transfer-conflict.${which}`)}</Table.Td>
              <Table.Td>{formatBytes(question[which].size, i18n.language)}</Table.Td>
              <Table.Td>{formatDateTime(question[which].modified, i18n.language)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {question.several && (
        <Checkbox
          label={t('prompts.transfer-conflict.forAll')}
          checked={forAll}
          onChange={(event) => setForAll(event.currentTarget.checked)}
        />
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={answer('skip')}>
          {t('prompts.transfer-conflict.skip')}
        </Button>
        <Button variant="default" onClick={answer('newer')}>
          {t('prompts.transfer-conflict.newer')}
        </Button>
        <Button variant="default" color="red" onClick={answer('overwrite')}>
          {t('prompts.transfer-conflict.overwrite')}
        </Button>
        <Button data-autofocus onClick={answer('rename')}>
          {t('prompts.transfer-conflict.rename')}
        </Button>
      </Group>
    </Stack>
  )
}
