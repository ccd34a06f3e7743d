import { Alert, Button, Group, PasswordInput, Stack } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { query, toUserError } from '../api/client.ts'
import { ErrorMessage } from '../app/error-message.tsx'

export function UnlockForm() {
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

export function CreateForm({ onDone }: { readonly onDone?: () => void }) {
  const { t } = useTranslation()
  const form = useForm({
    initialValues: { password: '', again: '' },
    validate: { again: (again, values) => (again === values.password ? undefined : t('vault.different')) },
  })
  const create = useMutation(query.vault.create.mutationOptions({ onSuccess: () => onDone?.() }))
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

export function ChangePasswordForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation()
  const form = useForm({
    initialValues: { current: '', password: '', again: '' },
    validate: { again: (again, values) => (again === values.password ? undefined : t('vault.different')) },
  })
  const save = useMutation(query.vault.changePassword.mutationOptions({ onSuccess: onDone }))
  return (
    <form onSubmit={form.onSubmit(({ current, password }) => save.mutate({ current, password }))}>
      <Stack gap="sm" maw={360}>
        <PasswordInput label={t('vault.current')} data-autofocus {...form.getInputProps('current')} />
        <PasswordInput label={t('vault.next')} {...form.getInputProps('password')} />
        <PasswordInput label={t('vault.nextAgain')} {...form.getInputProps('again')} />
        {save.error && <ErrorMessage error={toUserError(save.error)} />}
        <Group>
          <Button type="submit" loading={save.isPending} disabled={!form.values.current || !form.values.password}>
            {t('vault.change')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
