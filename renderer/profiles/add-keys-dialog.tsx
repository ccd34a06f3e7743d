import { Button, Group, Modal, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { isNotEmpty, useForm } from '@mantine/form'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { query, toUserError } from '../api/client.ts'
import { useProfiles } from '../api/live.ts'
import { closeDialog } from '../app/actions.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { VaultNotice } from '../settings/vault-notice.tsx'

/** AWS's own shortest access key id. */
const SHORTEST_ID = 16

/** Typed-in keys become a profile. They go to the core and never come back. */
export function AddKeysDialog() {
  const { t } = useTranslation()
  const { profiles } = useProfiles()
  const add = useMutation(query.profiles.addKeys.mutationOptions({ onSuccess: closeDialog }))
  const form = useForm({
    initialValues: { name: '', accessKeyId: '', secretAccessKey: '', sessionToken: '', region: '' },
    validate: {
      name: (name) => {
        if (!name.trim()) return t('addKeys.required')
        return profiles.some((profile) => profile.name === name.trim()) ? t('addKeys.taken') : undefined
      },
      accessKeyId: (id) => (id.trim().length < SHORTEST_ID ? t('addKeys.short') : undefined),
      secretAccessKey: isNotEmpty(t('addKeys.required')),
    },
  })

  function submit({ sessionToken, region, secretAccessKey, ...rest }: typeof form.values) {
    add.mutate({
      ...rest,
      secretAccessKey: secretAccessKey.trim(),
      ...(sessionToken.trim() && { sessionToken: sessionToken.trim() }),
      ...(region.trim() && { region: region.trim() }),
    })
  }

  return (
    <Modal opened onClose={closeDialog} title={t('addKeys.title')}>
      <form onSubmit={form.onSubmit(submit)} autoComplete="off">
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('addKeys.text')}
          </Text>
          <VaultNotice />
          <TextInput label={t('addKeys.name')} data-autofocus {...form.getInputProps('name')} />
          <TextInput label={t('addKeys.accessKeyId')} spellCheck={false} {...form.getInputProps('accessKeyId')} />
          <PasswordInput label={t('addKeys.secretAccessKey')} {...form.getInputProps('secretAccessKey')} />
          <PasswordInput
            label={t('addKeys.sessionToken')}
            description={t('addKeys.sessionTokenText')}
            {...form.getInputProps('sessionToken')}
          />
          <TextInput label={t('addKeys.region')} description={t('addKeys.regionText')} {...form.getInputProps('region')} />
          {add.error && <ErrorMessage error={toUserError(add.error)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={closeDialog}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={add.isPending}>
              {t('addKeys.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
