import { PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { useTranslation } from 'react-i18next'
import type { Question } from '../../contract/models/prompt.ts'
import type { GiveAnswer } from './prompts.tsx'
import { AnswerButtons } from './secret-prompt.tsx'
import { ServerSays } from './server-says.tsx'

interface Props {
  readonly question: Extract<Question, { kind: 'keyboard-interactive' }>
  readonly give: GiveAnswer
}

/** RFC 4256. The server's words are shown as its own, as plain text, so that they cannot pass for Mooring's. */
export function KeyboardInteractive({ question, give }: Props) {
  const { t } = useTranslation()
  const form = useForm({ initialValues: { values: question.fields.map(() => '') } })
  const said = [question.name, question.instructions].filter(Boolean).join('\n')
  return (
    <form onSubmit={form.onSubmit(({ values }) => give({ kind: 'values', values, remember: false }))}>
      <Stack gap="sm">
        {question.because && <Text size="sm">{t(`prompts.because.${question.because}`)}</Text>}
        <ServerSays said={said} />
        {question.fields.map((field, index) => {
          const Input = field.echo ? TextInput : PasswordInput
          const label = field.label.trim() || t('prompts.keyboard-interactive.field')
          return (
            <Input
              key={index}
              data-autofocus={index === 0 || undefined}
              label={label}
              autoComplete="off"
              {...form.getInputProps(`values.${index}`)}
            />
          )
        })}
        <AnswerButtons give={give} />
      </Stack>
    </form>
  )
}
