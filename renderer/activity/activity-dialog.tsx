import { Badge, Button, Code, Group, Modal, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCopy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActivityEntry } from '../../contract/models/activity.ts'
import { askedAgainWhen } from '../api/asked-again.ts'
import { query, toUserError } from '../api/client.ts'
import { useNetworkRevision } from '../api/live.ts'
import { closeDialog } from '../app/actions.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { writeClipboard } from '../host/desktop.ts'
import { formatDateTime } from '../words/formats.ts'
import classes from './activity.module.css'
import { SaveMenu } from './save-menu.tsx'

/** What Mooring changed in the account, to be read, filtered and taken along. */
export function ActivityDialog() {
  const { t } = useTranslation('network')
  const [wanted, setWanted] = useState('')
  const options = query.activity.list.queryOptions()
  const { data, error, refetch } = useQuery(askedAgainWhen(options, useNetworkRevision()))
  const shown = data?.filter((entry) => matches(entry, wanted)) ?? []

  async function copyAll() {
    try {
      await writeClipboard(shown.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
      notifications.show({ message: t('activity.copied', { count: shown.length }), autoClose: 2_500 })
    } catch {
      notifications.show({ color: 'red', message: t('activity.notCopied') })
    }
  }
  return (
    <Modal opened onClose={closeDialog} title={t('activity.title')} size="xl">
      <Stack gap="sm">
        <Group gap="xs">
          <TextInput
            flex={1}
            type="search"
            aria-label={t('activity.filter')}
            placeholder={t('activity.filter')}
            value={wanted}
            onChange={({ currentTarget }) => setWanted(currentTarget.value)}
            data-autofocus
          />
          <Button variant="default" leftSection={<IconCopy size={15} />} disabled={shown.length === 0} onClick={() => void copyAll()}>
            {t('activity.copy')}
          </Button>
          <SaveMenu entries={shown} />
        </Group>
        {error && <ErrorMessage error={toUserError(error)} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton height={80} role="status" aria-label={t('loading')} />}
        {data && shown.length === 0 && (
          <Text size="sm" c="dimmed">
            {data.length === 0 ? t('activity.none') : t('activity.noMatch')}
          </Text>
        )}
        <ol className={classes.list} aria-label={t('activity.title')}>
          {shown.slice(0, SHOWN).map((entry) => (
            <Entry key={`${entry.at} ${entry.command}`} entry={entry} />
          ))}
        </ol>
      </Stack>
    </Modal>
  )
}

/** Who looks for an older one filters. */
const SHOWN = 200

function Entry({ entry }: { readonly entry: ActivityEntry }) {
  const { t, i18n } = useTranslation('network')
  const failed = entry.outcome === 'failed'
  return (
    <li>
      <Group gap="xs" mb={4}>
        <Text size="sm" fw={500}>
          {entry.action}
        </Text>
        <Badge size="sm" radius="sm" variant="light" color={failed ? 'red' : 'mooring'} className={classes.badge ?? ''}>
          {failed ? t('activity.failed') : t(`activity.cause.${entry.cause}`)}
        </Badge>
        <Text size="xs" c="dimmed">
          {[formatDateTime(entry.at, i18n.language), entry.profile, entry.region, entry.target, entry.error].filter(Boolean).join(' · ')}
        </Text>
      </Group>
      <Code block className={classes.command ?? ''}>
        {entry.command}
      </Code>
    </li>
  )
}

function matches(entry: ActivityEntry, wanted: string): boolean {
  const text = Object.values(entry).join(' ').toLowerCase()
  return wanted
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
