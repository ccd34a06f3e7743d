import { ActionIcon, Button, FileButton, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPencil, IconPlayerPlay, IconSearch, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Snippet, snippetFile } from '../../contract/models/snippet.ts'
import { api } from '../api/client.ts'
import { useSnippets } from '../api/live.ts'
import { closeDialog, useShell } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { saveFile } from '../host/save-file.ts'
import { shownKeys } from '../shortcuts/chord.ts'
import { editSnippet, removeSnippet } from './edit-snippet.tsx'
import { insertSnippet } from './insert.tsx'
import classes from './snippets.module.css'

/** All there are, by folder: put into the terminal in front, changed, taken away, exported and imported. */
export function SnippetsDialog() {
  const { t } = useTranslation('snippets')
  const snippets = useSnippets()
  const [query, setQuery] = useState('')
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const found = snippets.filter(({ name, folder, text }) =>
    words.every((word) => `${folder}/${name}\n${text}`.toLowerCase().includes(word)),
  )
  const folders = [...new Set(found.map(({ folder }) => folder))].toSorted((one, other) => one.localeCompare(other))
  return (
    <Modal opened onClose={closeDialog} title={t('title')} size="lg">
      <Stack gap="sm">
        <Group gap="xs" wrap="nowrap">
          <TextInput
            data-autofocus
            flex={1}
            aria-label={t('search')}
            placeholder={t('search')}
            leftSection={<IconSearch size={16} />}
            value={query}
            onChange={(event) => setQuery(event.currentTarget.value)}
          />
          <Button onClick={() => editSnippet()}>{t('new')}</Button>
        </Group>
        {snippets.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('none')}
          </Text>
        )}
        {snippets.length > 0 && found.length === 0 && <Text size="sm">{t('notFound')}</Text>}
        <div className={classes.list}>
          {folders.map((folder) => (
            <section key={folder} aria-label={folder || t('top')}>
              {folder !== '' && (
                <Text size="xs" c="dimmed" mt="xs">
                  {folder}
                </Text>
              )}
              <ul className={classes.items}>
                {found
                  .filter((snippet) => snippet.folder === folder)
                  .map((snippet) => (
                    <Line key={snippet.id} snippet={snippet} />
                  ))}
              </ul>
            </section>
          ))}
        </div>
        <Group gap="xs">
          <ImportButton />
          <Button variant="default" size="xs" disabled={snippets.length === 0} onClick={() => exportAll(snippets)}>
            {t('export')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Line({ snippet }: { readonly snippet: Snippet }) {
  const { t } = useTranslation('snippets')
  const terminal = useShell((shell) => shell.activeTerminalId)
  const { name, text, shortcut } = snippet
  function insert() {
    closeDialog()
    insertSnippet(snippet)
  }
  return (
    <li className={classes.item}>
      <div className={classes.words}>
        <Text size="sm" truncate>
          {name} {shortcut && <kbd className={classes.keys}>{shownKeys(shortcut)}</kbd>}
        </Text>
        <Text size="xs" c="dimmed" ff="monospace" truncate>
          {text}
        </Text>
      </div>
      <ActionIcon aria-label={t('insertOne', { name })} title={t('insert')} disabled={terminal === undefined} onClick={insert}>
        <IconPlayerPlay size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t('editOne', { name })} title={t('edit')} onClick={() => editSnippet(snippet)}>
        <IconPencil size={16} />
      </ActionIcon>
      <ActionIcon aria-label={t('removeOne', { name })} title={t('remove')} onClick={() => removeSnippet(snippet)}>
        <IconTrash size={16} />
      </ActionIcon>
    </li>
  )
}

function exportAll(snippets: readonly Snippet[]): void {
  const file = { mooringSnippets: 1, snippets: snippets.map(({ id: _, ...snippet }) => snippet) }
  saveFile('mooring-snippets.json', `${JSON.stringify(file, undefined, 2)}\n`, 'application/json')
}

/** The largest file that is read at all. */
const MOST_BYTES = 10_000_000

function ImportButton() {
  const { t } = useTranslation('snippets')
  async function add(file: File | null) {
    if (!file) return
    const read = snippetFile.safeParse(file.size > MOST_BYTES ? undefined : parseJson(await file.text()))
    if (!read.success) return void notifications.show({ color: 'orange', role: 'alert', message: t('unreadable', { name: file.name }) })
    const imported = await attempt(() => api.snippets.import(read.data))
    if (imported) notifications.show({ role: 'status', message: t('imported', { count: imported.added }) })
  }
  return (
    <FileButton accept=".json" onChange={(file) => void add(file)}>
      {(props) => (
        <Button variant="default" size="xs" {...props}>
          {t('import')}
        </Button>
      )}
    </FileButton>
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // fails the schema like any other file that is none
  }
}
