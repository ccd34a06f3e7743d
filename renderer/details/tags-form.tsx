import { ActionIcon, Button, Group, Stack, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountChange } from '../../contract/models/change.ts'
import { type TagRow, tagProblem, tagsChange } from './tags-change.ts'

interface Props {
  readonly tags: Readonly<Record<string, string>>
  onCancel(): void
  /** Undefined: nothing was changed. */
  onSave(change: AccountChange | undefined): void
}

export function TagsForm({ tags, onCancel, onSave }: Props) {
  const { t } = useTranslation(['instance', 'shell'])
  const [rows, setRows] = useState<readonly (TagRow & { readonly id: string })[]>(() =>
    Object.entries(tags)
      .filter(([key]) => !/^aws:/i.test(key))
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([key, value]) => ({ id: key, key, value })),
  )
  const set = (id: string, part: Partial<TagRow>) => setRows(rows.map((row) => (row.id === id ? { ...row, ...part } : row)))
  const problems = rows.map((_row, index) => tagProblem(rows, index))
  return (
    <form
      aria-label={t('tags.edit')}
      onSubmit={(event) => {
        event.preventDefault()
        if (problems.every((problem) => !problem)) onSave(tagsChange(tags, rows))
      }}
    >
      <Stack gap={6}>
        {rows.map((row, index) => (
          <Group key={row.id} gap={4} wrap="nowrap" align="flex-start">
            <TextInput
              size="xs"
              flex={2}
              aria-label={t('tags.key', { number: index + 1 })}
              value={row.key}
              error={problems[index] && t(`tags.${problems[index]}`)}
              onChange={({ currentTarget }) => set(row.id, { key: currentTarget.value })}
            />
            <TextInput
              size="xs"
              flex={3}
              aria-label={t('tags.value', { key: row.key || index + 1 })}
              value={row.value}
              onChange={({ currentTarget }) => set(row.id, { value: currentTarget.value })}
            />
            <ActionIcon
              size="md"
              aria-label={t('tags.remove', { key: row.key || index + 1 })}
              onClick={() => setRows(rows.filter(({ id }) => id !== row.id))}
            >
              <IconX size={14} />
            </ActionIcon>
          </Group>
        ))}
        <Group justify="space-between" gap="xs">
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconPlus size={14} />}
            onClick={() => setRows([...rows, { id: `new ${rows.length} ${rows.at(-1)?.id}`, key: '', value: '' }])}
          >
            {t('tags.add')}
          </Button>
          <Group gap="xs">
            <Button size="compact-sm" variant="default" onClick={onCancel}>
              {t('shell:cancel')}
            </Button>
            <Button size="compact-sm" type="submit">
              {t('shell:save')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  )
}
