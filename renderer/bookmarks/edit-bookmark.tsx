import { Button, Group, NumberInput, Select, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { modals } from '@mantine/modals'
import { useQuery } from '@tanstack/react-query'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Bookmark } from '../../contract/models/bookmark.ts'
import { api, query } from '../api/client.ts'
import { useBookmarks } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { ExtrasFields } from '../route/extras-fields.tsx'
import { fromForm, problemsOf, toForm } from './bookmark-form.ts'
import { ColourInput } from './colour-input.tsx'
import { LookFields } from './look-fields.tsx'
import { folderPaths } from './tree-nodes.ts'

type Draft = Omit<Bookmark, 'id'> & { readonly id?: string }
const MODAL = 'edit-bookmark'

export function editBookmark(draft: Draft): void {
  modals.open({
    modalId: MODAL,
    title: i18next.t(draft.id ? 'edit.title' : 'edit.titleNew', { ns: 'bookmarks' }),
    size: 'lg',
    children: <BookmarkForm draft={draft} />,
  })
}

function BookmarkForm({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation('bookmarks')
  const { folders } = useBookmarks()
  const keys = useQuery(query.keys.list.queryOptions({ staleTime: 0 }))
  const form = useForm({
    initialValues: toForm(draft),
    validate: (values) =>
      Object.fromEntries(Object.entries(problemsOf(draft, values)).map(([field, problem]) => [field, t(`edit.problems.${problem}`)])),
  })

  async function save(values: typeof form.values) {
    const saved = await attempt(() => api.bookmarks.save(fromForm(draft, values)))
    if (saved) modals.close(MODAL)
  }

  return (
    <form onSubmit={form.onSubmit((values) => void save(values))}>
      <Stack gap="sm">
        {draft.target.kind === 'host' ? (
          <TextInput
            data-autofocus
            label={t('edit.host')}
            description={t('edit.hostHint')}
            autoComplete="off"
            spellCheck={false}
            {...form.getInputProps('host')}
          />
        ) : (
          <Text size="sm" c="dimmed">
            {t('edit.instance', draft.target.ref)}
          </Text>
        )}
        <Group grow align="flex-start">
          <TextInput label={t('edit.name')} placeholder={form.values.host} {...form.getInputProps('name')} />
          <Select
            label={t('edit.folder')}
            placeholder={t('edit.top')}
            clearable
            data={folderPaths(folders).map(({ id, path }) => ({ value: id, label: path }))}
            {...form.getInputProps('folderId')}
          />
        </Group>
        <Group grow align="flex-start">
          <TextInput label={t('edit.user')} placeholder={t('edit.foundOut')} autoComplete="off" {...form.getInputProps('user')} />
          <NumberInput
            label={t('edit.port')}
            placeholder="22"
            min={1}
            max={65535}
            allowDecimal={false}
            hideControls
            {...form.getInputProps('port')}
          />
        </Group>
        <Group grow align="flex-start">
          <Select
            label={t('edit.key')}
            placeholder={t('edit.foundOut')}
            clearable
            searchable
            data={(keys.data ?? []).map(({ id, label }) => ({ value: id, label }))}
            {...form.getInputProps('keyId')}
          />
          <TextInput label={t('edit.keyPath')} placeholder="~/.ssh/id_ed25519" spellCheck={false} {...form.getInputProps('keyPath')} />
        </Group>
        <ExtrasFields form={form} />
        <LookFields form={form} />
        <ColourInput label={t('edit.colour')} {...form.getInputProps('colour')} />
        <Textarea label={t('edit.notes')} autosize minRows={2} maxRows={8} {...form.getInputProps('notes')} />
        <Group justify="flex-end">
          <Button type="submit">{t('edit.save')}</Button>
        </Group>
      </Stack>
    </form>
  )
}
