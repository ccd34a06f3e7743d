import { Button, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InstanceRef } from '../../contract/models/instance.ts'
import type { ConnectChoices } from '../../contract/models/terminal.ts'
import { askedAgainWhen } from '../api/asked-again.ts'
import { query, toUserError } from '../api/client.ts'
import { useNetworkRevision } from '../api/live.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { PacketPath } from './packet-path.tsx'
import { RemedyLine } from './remedy-line.tsx'

interface Props {
  readonly target: InstanceRef
  readonly choices?: ConnectChoices | undefined
  /** Looks at once, without being asked. */
  readonly atOnce?: boolean
  /** After the remedy was carried out. */
  onRemedied?(): void
}

/** The way of a packet from this computer to sshd, where it breaks, and the one thing to do about it. */
export function Why({ target, choices, atOnce = false, onRemedied }: Props) {
  const { t } = useTranslation('network')
  const [asked, setAsked] = useState(atOnce)
  useEffect(() => setAsked((before) => before || atOnce), [atOnce])
  const options = query.network.diagnose.queryOptions({ input: { ref: target, ...(choices ? { choices } : {}) } })
  const { data, error, isFetching, refetch } = useQuery({
    ...askedAgainWhen(options, useNetworkRevision()),
    enabled: asked,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })

  if (!asked)
    return (
      <Button variant="default" size="xs" leftSection={<IconRoute size={15} />} onClick={() => setAsked(true)}>
        {t('why.ask')}
      </Button>
    )
  return (
    <Card withBorder padding="sm" component="section" aria-label={t('why.title')}>
      <Group justify="space-between" mb="xs" wrap="nowrap">
        <Title order={3} size="h6">
          {t('why.title')}
        </Title>
        <Button size="compact-xs" variant="subtle" flex="none" loading={isFetching && data !== undefined} onClick={() => void refetch()}>
          {t('why.again')}
        </Button>
      </Group>
      {!data && !error && (
        <Stack gap="xs" role="status" aria-label={t('why.looking')}>
          <Text size="sm" c="dimmed">
            {t('why.looking')}
          </Text>
          <Skeleton height={110} />
        </Stack>
      )}
      {error && <ErrorMessage error={toUserError(error)} instance={target} onRetry={() => void refetch()} />}
      {data && (
        <Stack gap="sm">
          <RemedyLine verdict={data} target={target} onRemedied={onRemedied} />
          <PacketPath verdict={data} />
        </Stack>
      )}
    </Card>
  )
}
