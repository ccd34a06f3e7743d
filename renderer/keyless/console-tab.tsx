import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconCopy, IconDownload, IconRefresh } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import { query, toUserError } from '../api/client.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { useDelayed } from '../app/use-delayed.ts'
import { saveFile } from '../host/save-file.ts'
import { copyText } from '../terminal/clipboard.ts'
import { formatDateTime } from '../words/formats.ts'
import classes from './console.module.css'
import { Screenshot } from './screenshot.tsx'
import { SerialConsole } from './serial-console.tsx'

/** What an instance shows where nobody can log in: its console's log, and a picture of its screen. */
export function ConsoleTab({ instance }: { readonly instance: Instance }) {
  return (
    <Stack gap="md" p="sm">
      <ConsoleLog instance={instance} />
      <Screenshot instance={instance} />
      <SerialConsole instance={instance} />
    </Stack>
  )
}

function ConsoleLog({ instance }: { readonly instance: Instance }) {
  const { t, i18n } = useTranslation('keyless')
  const { data: log, error, isFetching, refetch } = useQuery(query.console.log.queryOptions({ input: { ref: instance.ref }, staleTime: 0 }))
  const late = useDelayed(!log && !error)
  const view = useRef<HTMLPreElement>(null)
  // What counts is at its end.
  useEffect(() => {
    if (log) view.current?.scrollTo({ top: view.current.scrollHeight })
  }, [log])

  return (
    <section aria-label={t('console.log')}>
      <Title order={3} size="h6" mb="xs">
        {t('console.log')}
      </Title>
      {late && <Skeleton height={180} role="status" aria-label={t('console.loading')} />}
      {error && <ErrorMessage error={toUserError(error)} instance={instance.ref} onRetry={() => void refetch()} />}
      {log && !error && (
        <Stack gap="xs">
          <Text size="xs" c="dimmed">
            {log.text === '' ? t('console.empty') : t(log.latest ? 'console.latest' : 'console.kept', { at: at(log.at, i18n.language) })}
          </Text>
          {log.text !== '' && (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also from the keyboard.
            <pre ref={view} className={classes.log} tabIndex={0}>
              {log.text}
            </pre>
          )}
          <Group gap="xs">
            <Button
              size="compact-xs"
              variant="default"
              loading={isFetching}
              leftSection={<IconRefresh size={14} />}
              onClick={() => void refetch()}
            >
              {t('console.refresh')}
            </Button>
            {log.text !== '' && (
              <>
                <Button size="compact-xs" variant="default" leftSection={<IconCopy size={14} />} onClick={() => void copyText(log.text)}>
                  {t('console.copy')}
                </Button>
                <Button
                  size="compact-xs"
                  variant="default"
                  leftSection={<IconDownload size={14} />}
                  onClick={() => saveFile(`${instance.ref.instanceId}-console.txt`, `${log.text}\n`, 'text/plain')}
                >
                  {t('console.save')}
                </Button>
              </>
            )}
          </Group>
        </Stack>
      )}
    </section>
  )
}

function at(time: string | undefined, language: string): string {
  return time ? formatDateTime(time, language) : ''
}
