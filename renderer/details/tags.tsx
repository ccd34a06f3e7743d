import { Card, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CopyList } from './copy-list.tsx'

export function Tags({ tags }: { readonly tags: Readonly<Record<string, string>> }) {
  const { t } = useTranslation()
  const items = Object.entries(tags).sort(([a], [b]) => a.localeCompare(b))
  return (
    <Card withBorder padding="sm" component="section" aria-label={t('details.tags')}>
      <Title order={3} size="h6" mb="xs">
        {t('details.tags')}
      </Title>
      {items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('details.noTags')}
        </Text>
      ) : (
        <CopyList items={items} />
      )}
    </Card>
  )
}
