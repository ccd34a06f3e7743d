import { Button, Card, Group, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import { refKey } from '../api/instances.ts'
import { change } from '../instances/actions.tsx'
import { CopyList } from './copy-list.tsx'
import { TagsForm } from './tags-form.tsx'

/** The tags, and the same place to edit them. */
export function Tags({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation(['shell', 'instance'])
  const key = refKey(instance.ref)
  const [editing, setEditing] = useState<string | undefined>()
  const items = Object.entries(instance.tags).sort(([a], [b]) => a.localeCompare(b))
  return (
    <Card withBorder padding="sm" component="section" aria-label={t('details.tags')}>
      <Group justify="space-between" mb="xs">
        <Title order={3} size="h6">
          {t('details.tags')}
        </Title>
        {editing !== key && (
          <Button size="compact-xs" variant="subtle" aria-label={t('instance:tags.edit')} onClick={() => setEditing(key)}>
            {t('details.change')}
          </Button>
        )}
      </Group>
      {editing === key ? (
        <TagsForm
          tags={instance.tags}
          onCancel={() => setEditing(undefined)}
          onSave={(wanted) => {
            setEditing(undefined)
            if (wanted) change([instance], wanted)
          }}
        />
      ) : items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('details.noTags')}
        </Text>
      ) : (
        <CopyList items={items} />
      )}
    </Card>
  )
}
