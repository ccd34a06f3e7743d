import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../contract/models/prompt.ts'
import type { GiveAnswer } from './prompts.tsx'

interface Props {
  readonly question: Extract<Question, { kind: 'run-command' }>
  readonly give: GiveAnswer
}

/** A command of the person's own configuration, before its first time. Enter runs nothing that was not read. */
export function RunCommand({ question, give }: Props) {
  const { t } = useTranslation('ssh')
  const { purpose, text, expanded, file, line } = question
  return (
    <Stack gap="sm">
      <Text>{t(`command.${purpose}`)}</Text>
      <Code block>{text}</Code>
      <Text size="sm" c="dimmed">
        {t('command.where', { file, line })}
      </Text>
      {expanded !== text && (
        <>
          <Text size="sm">{t('command.now')}</Text>
          <Code block>{expanded}</Code>
        </>
      )}
      <Text size="sm">{t('command.once')}</Text>
      <Group justify="flex-end">
        <Button variant="default" data-autofocus onClick={() => give({ kind: 'no' })}>
          {t('command.no')}
        </Button>
        <Button onClick={() => give({ kind: 'yes' })}>{t('command.yes')}</Button>
      </Group>
    </Stack>
  )
}
