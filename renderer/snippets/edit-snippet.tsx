import { Autocomplete, Button, Checkbox, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { modals } from '@mantine/modals'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { type Snippet, snippet as snippetShape } from '../../contract/models/snippet.ts'
import { api } from '../api/client.ts'
import { useSettings, useSnippets } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { belongsToShell, shownKeys, toShortcut } from '../shortcuts/chord.ts'
import { commandWith } from '../shortcuts/shortcuts.ts'
import { isMac } from '../workspace/platform.ts'

type Draft = Omit<Snippet, 'id'> & { readonly id?: string }
const MODAL = 'edit-snippet'
const EMPTY: Draft = { name: '', folder: '', text: '', run: true }

export function editSnippet(draft: Partial<Draft> = {}): void {
  modals.open({
    modalId: MODAL,
    title: i18next.t(draft.id === undefined ? 'newTitle' : 'editTitle', { ns: 'snippets' }),
    size: 'lg',
    children: <SnippetForm draft={{ ...EMPTY, ...draft }} />,
  })
}

export function removeSnippet({ id, name }: Snippet): void {
  const t = i18next.getFixedT(null, 'snippets')
  modals.openConfirmModal({
    title: t('removeTitle', { name }),
    labels: { confirm: t('remove'), cancel: t('cancel') },
    confirmProps: { color: 'red' },
    onConfirm: () => void attempt(() => api.snippets.remove({ id })),
  })
}

function SnippetForm({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation('snippets')
  const snippets = useSnippets()
  const { shortcuts } = useSettings()
  const form = useForm({
    initialValues: { name: draft.name, folder: draft.folder, text: draft.text, run: draft.run, shortcut: draft.shortcut ?? '' },
    validate: {
      name: (name) => !snippetShape.shape.name.safeParse(name).success && t('problems.name'),
      folder: (folder) => !snippetShape.shape.folder.safeParse(folder).success && t('problems.folder'),
      text: (text) => !snippetShape.shape.text.safeParse(text).success && t('problems.text'),
      shortcut: (shortcut) =>
        belongsToShell(shortcut) ? t('problems.shellKeys') : commandWith(shortcut, shortcuts, isMac) && t('problems.shortcut'),
    },
  })
  const other = snippets.find(({ id, shortcut }) => shortcut !== undefined && shortcut === form.values.shortcut && id !== draft.id)

  async function save({ shortcut, ...values }: typeof form.values) {
    const snippet = { ...values, ...(draft.id !== undefined && { id: draft.id }), ...(shortcut !== '' && { shortcut }) }
    if (await attempt(() => api.snippets.save(snippet))) modals.close(MODAL)
  }
  return (
    <form onSubmit={form.onSubmit((values) => void save(values))}>
      <Stack gap="sm">
        <Group grow align="flex-start">
          <TextInput label={t('name')} data-autofocus autoComplete="off" {...form.getInputProps('name')} />
          <Autocomplete
            label={t('folder')}
            placeholder={t('top')}
            data={[...new Set(snippets.map(({ folder }) => folder).filter(Boolean))]}
            {...form.getInputProps('folder')}
          />
        </Group>
        <Textarea
          label={t('text')}
          description={t('textHint', { variable: '{{name}}', usual: '{{name=usual}}' })}
          autosize
          minRows={3}
          maxRows={14}
          spellCheck={false}
          styles={{ input: { fontFamily: 'monospace' } }}
          {...form.getInputProps('text')}
        />
        <TextInput
          label={t('shortcut')}
          description={other ? t('takes', { name: other.name }) : t('shortcutHint')}
          value={shownKeys(form.values.shortcut)}
          error={form.errors.shortcut}
          onChange={() => undefined}
          onKeyDown={(event) => {
            if (['Tab', 'Enter', 'Escape'].includes(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey) return
            event.preventDefault()
            if (['Backspace', 'Delete'].includes(event.key)) return form.setFieldValue('shortcut', '')
            const shortcut = toShortcut(event.nativeEvent)
            if (shortcut !== undefined) form.setFieldValue('shortcut', shortcut)
          }}
        />
        <Checkbox label={t('run')} {...form.getInputProps('run', { type: 'checkbox' })} />
        <Group justify="flex-end">
          <Button type="submit">{t('save')}</Button>
        </Group>
      </Stack>
    </form>
  )
}
