import { Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../contract/models/prompt.ts'
import type { GiveAnswer } from './prompts.tsx'

interface Props {
  readonly question: Extract<Question, { kind: 'transfer-tar' }>
  readonly give: GiveAnswer
}

/** Whether many small files may go through a program of the host's. They go on one by one while this is read. */
export function TransferTar({ question: { host, asRoot }, give }: Props) {
  const { t } = useTranslation()
  const [always, setAlways] = useState(false)
  const answer = (use: boolean) => () => give({ kind: 'tar', use, always })
  return (
    <Stack gap="sm">
      <Text>{t('prompts.transfer-tar.text', { host })}</Text>
      {asRoot && <Text c="red">{t('prompts.transfer-tar.asRoot')}</Text>}
      <Checkbox label={t('prompts.transfer-tar.always')} checked={always} onChange={(event) => setAlways(event.currentTarget.checked)} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={answer(false)}>
          {t('prompts.transfer-tar.no')}
        </Button>
        <Button data-autofocus onClick={answer(true)}>
          {t('prompts.transfer-tar.yes')}
        </Button>
      </Group>
    </Stack>
  )
}
