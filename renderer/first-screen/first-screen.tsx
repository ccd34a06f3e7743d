import { Button, Card, Center, Group, Stack, Text, ThemeIcon, Title } from '@mantine/core'
import { IconBeach, IconKey, IconPlugConnected, IconUserCheck, type TablerIcon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { usePractice, useProfiles } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { ErrorMessage } from '../app/error-message.tsx'

/** No profile is selected: how to begin. */
export function FirstScreen() {
  const { t } = useTranslation()
  const { profiles, problems } = useProfiles()
  const practice = usePractice()
  return (
    <Center mih="100%" p="lg" style={{ overflow: 'auto' }}>
      <Stack maw={680} gap="lg">
        <div>
          <Title order={2} size="h3">
            {t('first.title')}
          </Title>
          <Text c="dimmed">{t('first.text')}</Text>
        </div>
        {problems.map((problem) => (
          <ErrorMessage key={JSON.stringify(problem)} error={problem} />
        ))}
        <Stack gap="sm">
          <Choice Icon={IconBeach} title={t('first.practice.title')} text={t('first.practice.text')}>
            <Button loading={practice.kind === 'starting'} onClick={() => void attempt(() => api.app.practice.start())}>
              {t('first.practice.button')}
            </Button>
          </Choice>
          {profiles.length > 0 ? (
            <Choice Icon={IconUserCheck} title={t('first.profiles.title')} text={t('first.profiles.text', { count: profiles.length })}>
              <Button variant="default" onClick={() => openDialog({ kind: 'profiles' })}>
                {t('profiles.choose')}
              </Button>
            </Choice>
          ) : (
            <Choice Icon={IconKey} title={t('first.keys.title')} text={t('first.keys.text')}>
              <Button variant="default" onClick={() => openDialog({ kind: 'add-keys' })}>
                {t('next.addKeys')}
              </Button>
            </Choice>
          )}
          <Choice Icon={IconPlugConnected} title={t('first.quick.title')} text={t('first.quick.text')}>
            <Button variant="default" onClick={() => openDialog({ kind: 'quick-connect' })}>
              {t('first.quick.button')}
            </Button>
          </Choice>
        </Stack>
      </Stack>
    </Center>
  )
}

interface ChoiceProps {
  readonly Icon: TablerIcon
  readonly title: string
  readonly text: string
  readonly children: ReactNode
}

function Choice({ Icon, title, text, children }: ChoiceProps) {
  return (
    <Card withBorder padding="md">
      <Group gap="md" wrap="nowrap" align="flex-start">
        <ThemeIcon variant="light" size="lg">
          <Icon size={19} />
        </ThemeIcon>
        <Group gap="sm" flex={1}>
          <Stack gap={2} flex="1 1 260px">
            <Title order={3} size="h5">
              {title}
            </Title>
            <Text size="sm" c="dimmed">
              {text}
            </Text>
          </Stack>
          <Stack flex="0 0 220px">{children}</Stack>
        </Group>
      </Group>
    </Card>
  )
}
