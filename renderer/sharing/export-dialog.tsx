import { Alert, Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { query, toUserError } from '../api/client.ts'
import { closeDialog } from '../app/actions.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { saveFile } from '../host/save-file.ts'
import { VaultNotice } from '../settings/vault-notice.tsx'

/** Every bookmark, with what the vault holds for them. The page gets it sealed. */
export function ExportDialog() {
  const { t } = useTranslation('sharing')
  const form = useForm({
    initialValues: { password: '', again: '' },
    validate: { again: (again, values) => (again === values.password ? undefined : t('export.different')) },
  })
  const exporting = useMutation(
    query.bookmarks.export.mutationOptions({
      onSuccess({ fileName, text, secrets }) {
        saveFile(fileName, text, 'application/json')
        closeDialog()
        notifications.show({ message: t('export.done', { count: secrets }) })
      },
    }),
  )
  return (
    <Modal opened onClose={closeDialog} title={t('export.title')}>
      <form onSubmit={form.onSubmit(({ password }) => exporting.mutate({ format: 'json', password }))}>
        <Stack gap="sm">
          <Text size="sm">{t('export.text')}</Text>
          <VaultNotice />
          <Alert color="yellow" variant="light" p="xs">
            {t('export.lost')}
          </Alert>
          <PasswordInput label={t('export.password')} data-autofocus autoComplete="new-password" {...form.getInputProps('password')} />
          <PasswordInput label={t('export.again')} autoComplete="new-password" {...form.getInputProps('again')} />
          {exporting.error && <ErrorMessage error={toUserError(exporting.error)} />}
          <Group justify="flex-end">
            <Button type="submit" loading={exporting.isPending} disabled={form.values.password === ''}>
              {t('export.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
