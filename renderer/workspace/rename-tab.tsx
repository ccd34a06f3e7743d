import { Button, Group, Stack, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import type { DockviewPanelApi } from 'dockview-react'
import i18next from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

/** Asks what the tab is to be called; it then no longer follows its machine's name. */
export function askName(api: DockviewPanelApi): void {
  const id = 'rename-tab'
  modals.open({
    modalId: id,
    title: i18next.t('rename.title', { ns: 'workspace' }),
    children: (
      <NameForm
        name={api.title ?? ''}
        onName={(name) => {
          api.setTitle(name)
          api.updateParameters({ renamed: true })
          modals.close(id)
        }}
      />
    ),
  })
}

function NameForm({ name, onName }: { readonly name: string; onName(name: string): void }) {
  const { t } = useTranslation('workspace')
  const [text, setText] = useState(name)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') onName(text.trim())
      }}
    >
      <Stack gap="sm">
        <TextInput
          data-autofocus
          onFocus={(event) => event.currentTarget.select()}
          label={t('rename.label')}
          value={text}
          maxLength={100}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={text.trim() === ''}>
            {t('rename.do')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
