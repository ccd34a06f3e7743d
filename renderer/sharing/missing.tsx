import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SharedItem } from '../../contract/models/shared-folder.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'

const WORDS = {
  gone: { keep: 'keep', keepOne: 'keepOne', remove: 'removeHere', removeOne: 'removeHereOne' },
  removed: { keep: 'bringBack', keepOne: 'bringBackOne', remove: 'removeThere', removeOne: 'removeThereOne' },
} as const

/** What is only on one side any more, and whether it should be on both or on none. */
export function Missing({ kind, items }: { readonly kind: 'gone' | 'removed'; readonly items: readonly SharedItem[] }) {
  const { t } = useTranslation('sharing')
  if (items.length === 0) return undefined
  const words = WORDS[kind]
  const settle = (ids: string[], what: 'keep' | 'remove') => void attempt(() => api.bookmarks.shared.settle({ ids, what }))
  const all = items.map(({ id }) => id)
  return (
    <section aria-label={t(kind)}>
      <Text fw={600} size="sm">
        {t(kind)}
      </Text>
      {kind === 'gone' && (
        <Text size="xs" c="dimmed">
          {t('goneHint')}
        </Text>
      )}
      {items.map(({ id, name }) => (
        <Group key={id} gap="xs" mt={4} wrap="nowrap">
          <Text size="sm" flex={1} truncate>
            {name}
          </Text>
          <Button size="compact-sm" variant="default" aria-label={t(words.keepOne, { name })} onClick={() => settle([id], 'keep')}>
            {t(words.keep)}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            aria-label={t(words.removeOne, { name })}
            onClick={() => settle([id], 'remove')}
          >
            {t(words.remove)}
          </Button>
        </Group>
      ))}
      {kind === 'gone' && items.length > 1 && (
        <Group gap="xs" mt="xs" justify="flex-end">
          <Button size="compact-sm" variant="default" onClick={() => settle(all, 'keep')}>
            {t('keepAll')}
          </Button>
          <Button size="compact-sm" variant="subtle" color="red" onClick={() => settle(all, 'remove')}>
            {t('removeAll')}
          </Button>
        </Group>
      )}
    </section>
  )
}
