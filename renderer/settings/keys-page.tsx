import { Alert, Button, Group, Loader, Stack, Switch, Text } from '@mantine/core'
import { IconKey } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { query, toUserError } from '../api/client.ts'
import { useSettings } from '../api/live.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { AddKeyFiles } from './add-key-files.tsx'
import { change } from './change.ts'
import { KeyLine } from './key-line.tsx'
import { MakeKey } from './make-key.tsx'

/** Every private key that could be used, with what is wrong with it, and the ways to add one. */
export function KeysPage() {
  const { t } = useTranslation(['shell', 'ssh', 'keyless'])
  const settings = useSettings()
  const [making, setMaking] = useState(false)
  const queries = useQueryClient()
  const { data: keys, error, refetch } = useQuery({ ...query.keys.list.queryOptions(), staleTime: 0 })
  // What a key is matched to may change with the keys.
  const changed = () => {
    void refetch()
    void queries.invalidateQueries({ queryKey: query.reach.key() })
  }
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('keys.text')}
      </Text>
      <AddKeyFiles onChange={changed} />
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconKey size={15} />}
        style={{ alignSelf: 'flex-start' }}
        onClick={() => setMaking(true)}
      >
        {t('ssh:makeKey.open')}
      </Button>
      {making && <MakeKey onClose={() => setMaking(false)} onMade={changed} />}
      <Switch
        label={t('keyless:setting')}
        description={t('keyless:settingText')}
        checked={settings.instanceConnect}
        onChange={(event) => change({ instanceConnect: event.currentTarget.checked })}
      />
      {error && <ErrorMessage error={toUserError(error)} onRetry={() => void refetch()} />}
      {!keys && !error && (
        <Group>
          <Loader size="sm" />
        </Group>
      )}
      {keys?.length === 0 && <Alert color="gray">{t('keys.none')}</Alert>}
      {keys?.map((key) => (
        <KeyLine key={key.id} localKey={key} onChange={changed} />
      ))}
    </Stack>
  )
}
