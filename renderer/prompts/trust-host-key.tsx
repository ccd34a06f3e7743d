import { Alert, Button, Code, Group, Stack, Text } from '@mantine/core'
import { IconShieldQuestion } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../contract/models/prompt.ts'
import type { GiveAnswer } from './prompts.tsx'

interface Props {
  readonly question: Extract<Question, { kind: 'trust-host-key' }>
  readonly give: GiveAnswer
}

/** First contact that nobody vouches for. The focus is on refusing: nothing is trusted because somebody pressed Enter. */
export function TrustHostKey({ question, give }: Props) {
  const { t } = useTranslation(['shell', 'reasons'])
  const { host, port, instanceId, algorithm, fingerprint, randomart, because } = question
  return (
    <Stack gap="sm">
      <Text>{t('prompts.trust-host-key.text', { host: instanceId ? `${instanceId} (${host})` : host, port })}</Text>
      <Alert color="yellow" variant="light" p="xs" icon={<IconShieldQuestion />}>
        {t(`reasons:because.${because}`)}
      </Alert>
      <div>
        <Text size="sm" c="dimmed">
          {t('prompts.trust-host-key.key', { algorithm })}
        </Text>
        <Code block>{fingerprint}</Code>
      </div>
      <Code block role="img" aria-label={t('prompts.trust-host-key.randomart')} style={{ alignSelf: 'center', lineHeight: 1.2 }}>
        {randomart}
      </Code>
      <Group justify="flex-end">
        <Button variant="default" data-autofocus onClick={() => give({ kind: 'no' })}>
          {t('prompts.trust-host-key.no')}
        </Button>
        <Button onClick={() => give({ kind: 'yes' })}>{t('prompts.trust-host-key.yes')}</Button>
      </Group>
    </Stack>
  )
}
