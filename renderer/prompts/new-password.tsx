import { PasswordInput, Stack, Text } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../contract/models/prompt.ts'
import type { GiveAnswer } from './prompts.tsx'
import { AnswerButtons } from './secret-prompt.tsx'
import { ServerSays } from './server-says.tsx'

interface Props {
  readonly question: Extract<Question, { kind: 'new-password' }>
  readonly give: GiveAnswer
}

/** RFC 4252, 8: the password was right, but is to be changed. */
export function NewPassword({ question: { said, again }, give }: Props) {
  const { t } = useTranslation('auth')
  const form = useForm({
    initialValues: { value: '', repeated: '' },
    initialErrors: { value: again ? t('newPassword.again') : undefined },
    validate: { repeated: (repeated, { value }) => (repeated === value ? undefined : t('newPassword.notSame')) },
  })
  return (
    <form onSubmit={form.onSubmit(({ value }) => give({ kind: 'values', values: [value], remember: false }))}>
      <Stack gap="sm">
        <Text size="sm">{t('newPassword.text')}</Text>
        <ServerSays said={said} />
        <PasswordInput data-autofocus label={t('newPassword.label')} autoComplete="new-password" {...form.getInputProps('value')} />
        <PasswordInput label={t('newPassword.repeat')} autoComplete="new-password" {...form.getInputProps('repeated')} />
        <AnswerButtons give={give} disabled={form.values.value === ''} />
      </Stack>
    </form>
  )
}
