import { Button, Checkbox, Group, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import { VaultNotice } from '../settings/vault-notice.tsx'
import type { GiveAnswer } from './prompts.tsx'

interface Props {
  readonly label: string
  readonly description?: string | undefined
  /** The last answer was wrong. */
  readonly error?: string | undefined
  readonly canRemember?: boolean
  /** A one-time code: no harm in seeing it. */
  readonly visible?: boolean
  readonly give: GiveAnswer
}

export function SecretPrompt({ label, description, error, canRemember = false, visible = false, give }: Props) {
  const { t } = useTranslation()
  const form = useForm({ initialValues: { value: '', remember: false }, initialErrors: { value: error } })
  const Input = visible ? TextInput : PasswordInput
  return (
    <form onSubmit={form.onSubmit(({ value, remember }) => give({ kind: 'values', values: [value], remember }))}>
      <Stack gap="sm">
        <Input
          data-autofocus
          label={label}
          description={description}
          autoComplete={visible ? 'one-time-code' : 'off'}
          {...form.getInputProps('value')}
        />
        {canRemember && <Checkbox label={t('prompts.remember')} {...form.getInputProps('remember', { type: 'checkbox' })} />}
        {canRemember && form.values.remember && <VaultNotice />}
        <AnswerButtons give={give} disabled={form.values.value === ''} />
      </Stack>
    </form>
  )
}

export function AnswerButtons({ give, disabled = false }: { readonly give: GiveAnswer; readonly disabled?: boolean }) {
  const { t } = useTranslation()
  return (
    <Group justify="flex-end">
      <Button variant="default" onClick={() => give({ kind: 'cancel' })}>
        {t('cancel')}
      </Button>
      <Button type="submit" disabled={disabled}>
        {t('prompts.answer')}
      </Button>
    </Group>
  )
}
