import { Alert, Button, Group, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, query, toUserError } from '../api/client.ts'
import { useVault } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { ErrorMessage } from '../app/error-message.tsx'

export function VaultPage() {
  const { t } = useTranslation()
  const vault = useVault()
  if (!vault) return undefined
  return (
    <Stack gap="sm">
      <Text>{t(`vault.kind.${vault.kind}`)}</Text>
      <Text size="sm" c="dimmed">
        {t('vault.count', { count: vault.secrets })}
      </Text>
      {vault.kind === 'locked' && <UnlockForm />}
      {(vault.kind === 'absent' || vault.kind === 'memory') && <CreateForm />}
      {vault.kind === 'open' && (
        <Button variant="default" style={{ alignSelf: 'flex-start' }} onClick={() => void attempt(() => api.vault.lock())}>
          {t('vault.lock')}
        </Button>
      )}
    </Stack>
  )
}

function UnlockForm() {
  const { t } = useTranslation()
  const form = useForm({ initialValues: { password: '' } })
  const unlock = useMutation(query.vault.unlock.mutationOptions())
  return (
    <form onSubmit={form.onSubmit((values) => unlock.mutate(values))}>
      <Stack gap="sm" maw={360}>
        <PasswordInput label={t('vault.password')} data-autofocus {...form.getInputProps('password')} />
        {unlock.error && <ErrorMessage error={toUserError(unlock.error)} />}
        <Group>
          <Button type="submit" loading={unlock.isPending} disabled={!form.values.password}>
            {t('vault.unlock')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function CreateForm() {
  const { t } = useTranslation()
  const form = useForm({
    initialValues: { password: '', again: '' },
    validate: { again: (again, values) => (again === values.password ? undefined : t('vault.different')) },
  })
  const create = useMutation(query.vault.create.mutationOptions())
  return (
    <form onSubmit={form.onSubmit(({ password }) => create.mutate({ password }))}>
      <Stack gap="sm" maw={360}>
        <Alert color="yellow" variant="light" p="xs">
          {t('vault.lost')}
        </Alert>
        <PasswordInput label={t('vault.password')} {...form.getInputProps('password')} />
        <PasswordInput label={t('vault.again')} {...form.getInputProps('again')} />
        {create.error && <ErrorMessage error={toUserError(create.error)} />}
        <Group>
          <Button type="submit" loading={create.isPending} disabled={!form.values.password}>
            {t('vault.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
