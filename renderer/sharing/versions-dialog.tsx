import { Button, Group, Modal, Paper, Skeleton, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Bookmark, BookmarkFolder } from '../../contract/models/bookmark.ts'
import type { RecordVersion } from '../../contract/models/shared-folder.ts'
import { shownName } from '../../contract/shown-name.ts'
import { api, query, toUserError } from '../api/client.ts'
import { useBookmarks } from '../api/live.ts'
import { closeDialog } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { ErrorMessage } from '../app/error-message.tsx'
import { formatTarget } from '../quick-connect/format.ts'
import { formatDateTime } from '../words/formats.ts'
import { fieldName } from './field-name.ts'

/** How a bookmark was before each change, with what is otherwise now, and the way back. */
export function VersionsDialog({ id, name }: { readonly id: string; readonly name: string }) {
  const { t, i18n } = useTranslation('sharing')
  const { bookmarks, folders } = useBookmarks()
  const { data, error } = useQuery(query.bookmarks.versions.queryOptions({ input: { id }, staleTime: 0, gcTime: 0 }))
  const now = [...bookmarks, ...folders].find((item) => item.id === id)

  async function restore({ version, at }: RecordVersion) {
    const done = await attempt(async () => {
      await api.bookmarks.restore({ id, version })
      return true
    })
    if (!done) return
    closeDialog()
    notifications.show({ message: t('versions.restored', { when: formatDateTime(at, i18n.language) }) })
  }
  return (
    <Modal opened onClose={closeDialog} title={t('versions.title', { name })} size="lg">
      <Stack gap="xs">
        {error && <ErrorMessage error={toUserError(error)} />}
        {!data && !error && <Skeleton height={60} role="status" aria-label={t('versions.title', { name })} />}
        {data?.length === 0 && <Text size="sm">{t('versions.none')}</Text>}
        {data?.map((one) => {
          const when = formatDateTime(one.at, i18n.language)
          const differences = now ? differencesOf(one.item, now) : []
          return (
            <Paper key={one.version} withBorder p="xs" role="group" aria-label={t('versions.until', { when })}>
              <Group justify="space-between" wrap="nowrap" align="flex-start">
                <div style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
                  <Text size="sm" fw={600}>
                    {t('versions.until', { when })}
                  </Text>
                  {differences.map(([field, value]) => (
                    <Text key={field} size="xs">
                      {t('versions.differs', { field: fieldName(field, t), value: value || t('none') })}
                    </Text>
                  ))}
                  {differences.length === 0 && <Text size="xs">{t('versions.same')}</Text>}
                </div>
                <Button
                  size="compact-sm"
                  variant="default"
                  style={{ flex: 'none' }}
                  disabled={differences.length === 0}
                  aria-label={t('versions.restoreOne', { when })}
                  onClick={() => void restore(one)}
                >
                  {t('versions.restore')}
                </Button>
              </Group>
            </Paper>
          )
        })}
      </Stack>
    </Modal>
  )
}

type Item = Bookmark | BookmarkFolder

/** What was otherwise then, as text. Its place is not counted: taking a version back leaves it where it is. */
function differencesOf(then: Item, now: Item): readonly (readonly [string, string])[] {
  const [before, mine] = [texts(then), texts(now)]
  const fields = [...new Set([...Object.keys(before), ...Object.keys(mine)])]
  return fields.filter((field) => before[field] !== mine[field]).map((field) => [field, before[field] ?? ''])
}

function texts(item: Item): Record<string, string> {
  if (!('target' in item)) return { name: shownName(item.name) }
  const { target, look, keyPath, name, notes, colour } = item
  const { user: _, port: __, via: ___, ...choices } = target.choices ?? {}
  const others = Object.entries({ ...choices, ...look, keyPath }).filter(([, value]) => value !== undefined)
  return {
    name: shownName(name),
    notes: shownName(notes.replaceAll('\n', ' ')),
    colour,
    where: shownName(formatTarget(target)),
    ...Object.fromEntries(others.map(([field, value]) => [`more.${field}`, shownName(String(value))])),
  }
}
