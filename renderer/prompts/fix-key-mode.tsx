import { Button, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../contract/models/prompt.ts'
import type { GiveAnswer } from './prompts.tsx'

interface Props {
  readonly question: Extract<Question, { kind: 'fix-key-mode' }>
  readonly give: GiveAnswer
}

export function FixKeyMode({ question, give }: Props) {
  const { t } = useTranslation()
  return (
    <Stack gap="sm">
      <Text>{t('prompts.fix-key-mode.text', { mode: question.mode })}</Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => give({ kind: 'no' })}>
          {t('prompts.fix-key-mode.no')}
        </Button>
        <Button data-autofocus onClick={() => give({ kind: 'yes' })}>
          {t('prompts.fix-key-mode.yes')}
        </Button>
      </Group>
    </Stack>
  )
}
