import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../contract/models/prompt.ts'
import { openLink } from '../host/desktop.ts'
import { formatMoment } from '../words/formats.ts'
import type { GiveAnswer } from './prompts.tsx'

interface Props {
  readonly question: Extract<Question, { kind: 'sso' }>
  readonly give: GiveAnswer
}

/** The browser step of IAM Identity Center (RFC 8628). The core withdraws the question when the login is good. */
export function SsoPrompt({ question, give }: Props) {
  const { t, i18n } = useTranslation()
  return (
    <Stack gap="sm">
      <Text>{t('prompts.sso.text')}</Text>
      <Code block fz="xl" ta="center" fw={600}>
        {question.userCode}
      </Code>
      <Text size="sm" c="dimmed" role="status">
        {t('prompts.sso.until', { time: formatMoment(question.expiresAt, i18n.language) })} {t('prompts.sso.waiting')}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={() => give({ kind: 'cancel' })}>
          {t('cancel')}
        </Button>
        <Button data-autofocus leftSection={<IconExternalLink size={16} />} onClick={() => openLink(question.verificationUri)}>
          {t('prompts.sso.open')}
        </Button>
      </Group>
    </Stack>
  )
}
