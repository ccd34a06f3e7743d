import { Button, Group, Stack, TextInput } from '@mantine/core'
import { modals } from '@mantine/modals'
import i18next from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { shownName } from '../../contract/shown-name.ts'
import { joinPath, parentOf, typedPath } from '../files/paths.ts'
import type { OpenText } from './open-text.ts'
import { saveText } from './save-text.ts'

/** Saves it elsewhere on the same host; what is there already is asked about. */
export function askWhere(text: OpenText): void {
  const modalId = 'save-as'
  modals.open({
    modalId,
    title: i18next.t('editor:saveAs.title'),
    children: (
      <WhereForm
        path={text.file().path}
        onPath={(path) => {
          modals.close(modalId)
          text.state.setState({ conflict: undefined })
          void saveText(text, { path, expected: path === text.file().path ? text.file().version : 'absent' })
        }}
      />
    ),
  })
}

function WhereForm({ path, onPath }: { readonly path: string; onPath(path: string): void }) {
  const { t } = useTranslation('editor')
  const folder = parentOf(path) ?? '/'
  // A name that is not UTF-8 cannot be typed.
  const [typed, setTyped] = useState(shownName(path) === path ? path : joinPath(folder, ''))
  const name = typed.trim()
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (name !== '' && !name.endsWith('/')) onPath(typedPath(name, folder))
      }}
    >
      <Stack gap="sm">
        <TextInput
          data-autofocus
          label={t('saveAs.path')}
          value={typed}
          maxLength={4096}
          spellCheck={false}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Group justify="flex-end">
          <Button type="submit" disabled={name === '' || name.endsWith('/')}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
