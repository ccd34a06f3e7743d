import { Button, Code, Group, Stack, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { modals } from '@mantine/modals'
import { useTranslation } from 'react-i18next'
import type { Snippet } from '../../contract/models/snippet.ts'
import { requestPaste } from '../terminal/paste-request.ts'
import { findSession } from '../workspace/sessions.ts'
import { findTab, useTabs } from '../workspace/tabs.ts'
import { knownValues } from './known-values.ts'
import { fillIn, type Variable, variablesOf } from './variables.ts'

const MODAL = 'insert-snippet'

/** Into the terminal in front, and with it into all that it types into. What Mooring does not know is asked for; several lines as any paste. */
export function insertSnippet({ name, text, run }: Snippet): void {
  const key = useTabs.getState().activeKey
  const session = findSession(key)
  if (!session) return
  const known = knownValues(findTab(key)?.terminal)
  const asked = variablesOf(text).filter((variable) => !(variable.name in known))
  const insert = (values: Readonly<Record<string, string>>) => requestPaste(session, fillIn(text, { ...known, ...values }), run)
  if (asked.length === 0) {
    insert({})
    return
  }
  modals.open({
    modalId: MODAL,
    title: name,
    onClose: () => session.terminal.focus(),
    children: <Values text={text} known={known} asked={asked} onInsert={insert} />,
  })
}

interface Props {
  readonly text: string
  readonly known: Readonly<Record<string, string>>
  readonly asked: readonly Variable[]
  onInsert(values: Readonly<Record<string, string>>): void
}

function Values({ text, known, asked, onInsert }: Props) {
  const { t } = useTranslation('snippets')
  const form = useForm<Record<string, string>>({ initialValues: Object.fromEntries(asked.map(({ name, usual }) => [name, usual])) })
  function insert(values: Record<string, string>) {
    modals.close(MODAL)
    onInsert(values)
  }
  return (
    <form onSubmit={form.onSubmit(insert)}>
      <Stack gap="sm">
        {asked.map(({ name }, index) => (
          <TextInput
            key={name}
            label={name}
            autoComplete="off"
            spellCheck={false}
            {...(index === 0 && { 'data-autofocus': true })}
            {...form.getInputProps(name)}
          />
        ))}
        <Code block aria-label={t('preview')}>
          {fillIn(text, { ...known, ...form.values })}
        </Code>
        <Group justify="flex-end">
          <Button type="submit">{t('insert')}</Button>
        </Group>
      </Stack>
    </form>
  )
}
