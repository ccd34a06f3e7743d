import { ActionIcon, Badge, Button, Card, Checkbox, Group, Modal, Stack, Text, Tooltip } from '@mantine/core'
import { IconPlus, IconReload, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Profile } from '../../contract/models/profile.ts'
import { api } from '../api/client.ts'
import { useProfiles } from '../api/live.ts'
import { closeDialog, openDialog } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { ErrorMessage } from '../app/error-message.tsx'
import { LoginState } from './login-state.tsx'
import { selectProfile } from './select-profile.ts'

export function ProfilesDialog() {
  const { t } = useTranslation()
  const { profiles, problems } = useProfiles()
  return (
    <Modal opened onClose={closeDialog} title={t('profiles.title')} size="lg">
      <Stack gap="xs">
        {problems.map((problem) => (
          <ErrorMessage key={JSON.stringify(problem)} error={problem} />
        ))}
        {profiles.length === 0 && <Text c="dimmed">{t('profiles.empty')}</Text>}
        {profiles.map((profile) => (
          <ProfileCard key={profile.name} profile={profile} onSelect={() => selectProfile(profiles, profile.name)} />
        ))}
        <Group justify="space-between" mt="xs">
          <Button variant="subtle" leftSection={<IconReload size={16} />} onClick={() => void attempt(() => api.profiles.reload())}>
            {t('profiles.reload')}
          </Button>
          <Button leftSection={<IconPlus size={16} />} onClick={() => openDialog({ kind: 'add-keys' })}>
            {t('next.addKeys')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function ProfileCard({ profile, onSelect }: { readonly profile: Profile; readonly onSelect: () => void }) {
  const { t } = useTranslation()
  const facts = [
    profile.accountId && t('profiles.account', { id: profile.accountId }),
    profile.region,
    profile.roleArn,
    profile.endpointUrl,
  ]
  return (
    <Card withBorder padding="xs">
      <Group wrap="nowrap" align="flex-start">
        <Checkbox
          mt={2}
          aria-label={profile.name}
          checked={profile.selected}
          disabled={profile.kind === 'incomplete'}
          onChange={onSelect}
        />
        <Stack gap={2} flex={1} miw={0}>
          <Group gap="xs">
            <Text fw={600}>{profile.name}</Text>
            <Badge size="sm" variant="default" tt="none" fw={400}>
              {t(`profiles.kind.${profile.kind}`)}
            </Badge>
            <LoginState profile={profile} />
          </Group>
          <Text size="xs" c="dimmed" truncate>
            {facts.filter(Boolean).join(' · ')}
          </Text>
        </Stack>
        <ProfileButtons profile={profile} />
      </Group>
      {profile.problem && (
        <div style={{ marginTop: 8 }}>
          <ErrorMessage error={profile.problem} />
        </div>
      )}
    </Card>
  )
}

function ProfileButtons({ profile: { name, kind, login } }: { readonly profile: Profile }) {
  const { t } = useTranslation()
  return (
    <Group gap={4} wrap="nowrap">
      {(login.kind === 'needed' || login.kind === 'expired') && (
        <Button
          size="compact-sm"
          variant="light"
          aria-label={t('profiles.logInLabel', { name })}
          onClick={() => void attempt(() => api.profiles.login({ profile: name }))}
        >
          {t('next.logIn')}
        </Button>
      )}
      {kind === 'vault' && (
        <Tooltip label={t('profiles.remove')}>
          <ActionIcon
            color="red"
            aria-label={t('profiles.removeLabel', { name })}
            onClick={() => void attempt(() => api.profiles.remove({ profile: name }))}
          >
            <IconTrash size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </Group>
  )
}
