import { Button, Group, Select, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import i18next from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, query } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { machineName } from './tab-name.ts'
import type { Tab } from './tabs.ts'

const MODAL = 'install-key'

/** Lets one more of the person's keys into the host that the tab is on. */
export function askInstallKey(tab: Tab): void {
  modals.open({
    modalId: MODAL,
    title: i18next.t('installKey.title', { ns: 'ssh', name: machineName(tab) }),
    children: <InstallKey tab={tab} />,
  })
}

function InstallKey({ tab }: { readonly tab: Tab }) {
  const { t } = useTranslation('ssh')
  const { data: keys = [] } = useQuery(query.keys.list.queryOptions({ staleTime: 0 }))
  const [keyId, setKeyId] = useState<string | null>(null)
  const [working, setWorking] = useState(false)
  const user = tab.terminal?.login?.user ?? ''

  async function install() {
    if (!keyId) return
    setWorking(true)
    const done = await attempt(() => api.terminals.installKey({ id: tab.terminalId, keyId }))
    setWorking(false)
    if (!done) return
    modals.close(MODAL)
    const label = keys.find(({ id }) => id === keyId)?.label ?? ''
    notifications.show({ message: t(`installKey.${done.outcome}`, { label, user, name: machineName(tab) }) })
  }

  return (
    <Stack gap="sm">
      <Text size="sm">{t('installKey.text', { user })}</Text>
      <Select
        label={t('installKey.key')}
        data-autofocus
        searchable
        data={keys.flatMap(({ id, label, fingerprint }) => (fingerprint ? [{ value: id, label }] : []))}
        value={keyId}
        onChange={setKeyId}
      />
      <Group justify="flex-end">
        <Button disabled={!keyId} loading={working} onClick={() => void install()}>
          {t('installKey.do')}
        </Button>
      </Group>
    </Stack>
  )
}
