import { Button, CopyButton, Divider, Group, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { query, toUserError } from '../api/client.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { saveFile } from '../host/save-file.ts'

/** What goes to whoever helps is read by the person first; nothing is sent anywhere. */
export function Diagnostics() {
  const { t } = useTranslation('shortcuts')
  const [wanted, setWanted] = useState(false)
  const { data, error, isFetching, refetch } = useQuery(query.app.diagnostics.queryOptions({ enabled: wanted, staleTime: 0, gcTime: 0 }))
  return (
    <>
      <Divider label={t('diagnostics.title')} labelPosition="left" />
      <Text size="sm" c="dimmed">
        {t('diagnostics.text')}
      </Text>
      <Group>
        <Button variant="default" loading={isFetching} onClick={() => (wanted ? void refetch() : setWanted(true))}>
          {t('diagnostics.show')}
        </Button>
        {data && (
          <>
            <Button variant="default" onClick={() => saveFile('mooring-diagnostics.txt', data.text, 'text/plain')}>
              {t('diagnostics.save')}
            </Button>
            <CopyButton value={data.text}>
              {({ copied, copy }) => (
                <Button variant="default" onClick={copy}>
                  {t(copied ? 'diagnostics.copied' : 'diagnostics.copy')}
                </Button>
              )}
            </CopyButton>
          </>
        )}
      </Group>
      {error && <ErrorMessage error={toUserError(error)} onRetry={() => void refetch()} />}
      {data && (
        <Textarea
          aria-label={t('diagnostics.title')}
          value={data.text}
          readOnly
          rows={12}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
        />
      )}
    </>
  )
}
