import { Button, Group, Stack, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import type { DockviewPanelApi } from 'dockview-react'
import i18next from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Bookmark, bookmarkColours } from '../../contract/models/bookmark.ts'
import { ColourInput } from '../bookmarks/colour-input.tsx'
import { lookOf } from './tab-look.ts'

/** Asks what the tab is to be called; it then no longer follows its machine's name. */
export function askName(api: DockviewPanelApi): void {
  const id = 'rename-tab'
  modals.open({
    modalId: id,
    title: i18next.t('rename.title', { ns: 'workspace' }),
    children: (
      <NameForm
        name={api.title ?? ''}
        colour={lookOf(api).colour}
        onName={(name, colour) => {
          if (name !== api.title) api.updateParameters({ renamed: true })
          api.setTitle(name)
          api.updateParameters({ colour })
          modals.close(id)
        }}
      />
    ),
  })
}

interface Props {
  readonly name: string
  readonly colour: Bookmark['colour'] | undefined
  onName(name: string, colour: Bookmark['colour'] | undefined): void
}

function NameForm({ name, colour: before, onName }: Props) {
  const { t } = useTranslation('workspace')
  const [text, setText] = useState(name)
  const [colour, setColour] = useState(before)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim() !== '') onName(text.trim(), colour)
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
        <ColourInput
          label={t('rename.colour')}
          value={colour ?? 'none'}
          onChange={(value) => setColour(bookmarkColours.find((known) => known === value && known !== 'none'))}
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
