import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { usePractice, useProfiles } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { LoginState } from './login-state.tsx'
import { selectProfile } from './select-profile.ts'

/** Whose instances are listed; several at once. */
export function ProfilesPicker() {
  const { t } = useTranslation()
  const { profiles } = useProfiles()
  const practice = usePractice()
  const selected = profiles.filter((profile) => profile.selected)
  const [only] = selected
  const value = selected.length > 1 ? t('profiles.several', { count: selected.length }) : (only?.name ?? t('profiles.none'))
  return (
    <Menu closeOnItemClick={false} width={300} position="bottom-start">
      <Menu.Target>
        <Button size="compact-sm" variant="default" fw={400} style={{ flex: 'none' }} rightSection={<IconChevronDown size={14} />}>
          {t('profiles.picker')}&nbsp;<b>{value}</b>
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflow: 'auto' }}>
        {profiles.map((profile) => (
          <Menu.CheckboxItem
            key={profile.name}
            checked={profile.selected}
            rightSection={<LoginState profile={profile} />}
            onChange={() => selectProfile(profiles, profile.name)}
          >
            {profile.name}
          </Menu.CheckboxItem>
        ))}
        {profiles.length > 0 && <Menu.Divider />}
        <Menu.Item
          closeMenuOnClick
          disabled={practice.kind === 'starting'}
          onClick={() => void attempt(() => (practice.kind === 'off' ? api.app.practice.start() : api.app.practice.stop()))}
        >
          {t(practice.kind === 'on' ? 'profiles.practice.stop' : 'profiles.practice.start')}
        </Menu.Item>
        <Menu.Item closeMenuOnClick onClick={() => openDialog({ kind: 'profiles' })}>
          {t('profiles.manage')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
