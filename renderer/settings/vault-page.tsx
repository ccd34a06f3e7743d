import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import i18next from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { useSettings, useVault } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { change } from './change.ts'
import { ChangePasswordForm, CreateForm, UnlockForm } from './vault-forms.tsx'

/** Without use, until it locks itself; 0: never. */
const LOCK_AFTER_MINUTES = [0, 5, 15, 60, 240]

export function VaultPage() {
  const { t } = useTranslation()
  const vault = useVault()
  const [form, setForm] = useState<'change' | 'create'>()
  if (!vault) return undefined
  const done = () => setForm(undefined)
  return (
    <Stack gap="sm" align="flex-start">
      <Text>{t(`vault.kind.${vault.kind}`)}</Text>
      <Text size="sm" c="dimmed">
        {t('vault.count', { count: vault.secrets })}
      </Text>
      {vault.kind === 'locked' && <UnlockForm />}
      {vault.kind === 'absent' && <CreateForm />}
      {vault.kind === 'open' && <LockAfter />}
      {vault.kind === 'open' && form === 'change' && (
        <ChangePasswordForm
          onDone={() => {
            done()
            notifications.show({ message: t('vault.changed') })
          }}
        />
      )}
      {vault.kind === 'keychain' && form === 'create' && <CreateForm onDone={done} />}
      <Group gap="xs">
        {vault.kind === 'open' && (
          <>
            <Button variant="default" onClick={() => void attempt(() => api.vault.lock())}>
              {t('vault.lock')}
            </Button>
            {form !== 'change' && (
              <Button variant="default" onClick={() => setForm('change')}>
                {t('vault.change')}
              </Button>
            )}
            {vault.keychain && (
              <Button variant="default" onClick={() => void attempt(() => api.vault.useKeychain())}>
                {t('vault.useKeychain')}
              </Button>
            )}
          </>
        )}
        {vault.kind === 'keychain' && form !== 'create' && (
          <Button variant="default" onClick={() => setForm('create')}>
            {t('vault.usePassword')}
          </Button>
        )}
        {vault.kind !== 'absent' && (
          <Button variant="default" c="red" onClick={askForgetAll}>
            {t('vault.forgetAll')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

function LockAfter() {
  const { t } = useTranslation()
  const { vaultLockMinutes } = useSettings()
  return (
    <Select
      label={t('vault.lockAfter')}
      w={280}
      allowDeselect={false}
      data={LOCK_AFTER_MINUTES.map((count) => ({
        value: String(count),
        label: count === 0 ? t('vault.never') : t('vault.minutes', { count }),
      }))}
      value={String(vaultLockMinutes)}
      onChange={(minutes) => change({ vaultLockMinutes: Number(minutes) })}
    />
  )
}

function askForgetAll(): void {
  modals.openConfirmModal({
    title: i18next.t('vault.forgetAllTitle'),
    children: i18next.t('vault.forgetAllText'),
    labels: { confirm: i18next.t('vault.forgetAll'), cancel: i18next.t('vault.cancel') },
    confirmProps: { color: 'red' },
    onConfirm: () => void attempt(() => api.vault.forgetAll()),
  })
}
