import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { IconCamera, IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import { query, toUserError } from '../api/client.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { saveFile } from '../host/save-file.ts'
import { label } from '../instances/actions.tsx'
import { formatDateTime } from '../words/formats.ts'
import classes from './console.module.css'

/** A picture of its screen, whenever the person asks for one. */
export function Screenshot({ instance }: { readonly instance: Instance }) {
  const { t, i18n } = useTranslation('keyless')
  const { data, error, isFetching, refetch, dataUpdatedAt } = useQuery(
    query.console.screenshot.queryOptions({ input: { ref: instance.ref }, enabled: false, retry: false }),
  )
  const taken = data && formatDateTime(new Date(dataUpdatedAt).toISOString(), i18n.language)
  return (
    <section aria-label={t('console.screen')}>
      <Title order={3} size="h6" mb="xs">
        {t('console.screen')}
      </Title>
      <Stack gap="xs">
        {error && !isFetching && <ErrorMessage error={toUserError(error)} instance={instance.ref} />}
        {data && !error && (
          <>
            <img
              className={classes.screen}
              src={`data:image/jpeg;base64,${data.image}`}
              alt={t('console.screenAlt', { name: label(instance), at: taken })}
            />
            <Text size="xs" c="dimmed">
              {taken}
            </Text>
          </>
        )}
        <Group gap="xs">
          <Button
            size="compact-xs"
            variant="default"
            loading={isFetching}
            leftSection={<IconCamera size={14} />}
            onClick={() => void refetch()}
          >
            {t('console.take')}
          </Button>
          {data && !error && (
            <Button
              size="compact-xs"
              variant="default"
              leftSection={<IconDownload size={14} />}
              onClick={() => saveFile(`${instance.ref.instanceId}.jpg`, Uint8Array.from(atob(data.image), toByte), 'image/jpeg')}
            >
              {t('console.saveScreen')}
            </Button>
          )}
        </Group>
      </Stack>
    </section>
  )
}

const toByte = (character: string) => character.charCodeAt(0)
