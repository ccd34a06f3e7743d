import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconCopy, IconDeviceDesktop } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instance, InstanceRef } from '../../contract/models/instance.ts'
import { api, toUserError } from '../api/client.ts'
import { useInstance } from '../api/instances.ts'
import { closeDialog } from '../app/actions.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { label } from '../instances/actions.tsx'
import { useAllInstances } from '../instances/use-instances.ts'

const DIRECT = 'direct'

/** The desktop of a Windows instance in the system's own client, and the password that it asks for. */
export function RemoteDesktopDialog({ target }: { readonly target: InstanceRef }) {
  const { t } = useTranslation('windows')
  const instance = useInstance(target)
  return (
    <Modal opened onClose={closeDialog} size="lg" title={t('title', { name: instance ? label(instance) : target.instanceId })}>
      {instance && <Form instance={instance} />}
    </Modal>
  )
}

function Form({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation(['windows', 'shell'])
  const ways = useWays(instance)
  const [way, setWay] = useState(instance.publicAddress ? DIRECT : (ways[0]?.ref.instanceId ?? DIRECT))
  const [busy, setBusy] = useState<'password' | 'desktop'>()
  const [error, setError] = useState<unknown>()
  const running = instance.state === 'running'

  async function run(what: 'password' | 'desktop', call: () => Promise<string>) {
    setBusy(what)
    setError(undefined)
    try {
      notifications.show({ message: await call() })
    } catch (thrown) {
      setError(thrown)
    }
    setBusy(undefined)
  }
  const copyPassword = async () => {
    const { seconds } = await api.windows.copyPassword({ ref: instance.ref })
    return t('copied', { count: seconds })
  }
  const openDesktop = async () => {
    const through = ways.find(({ ref }) => ref.instanceId === way)
    const wish = { ref: instance.ref, ...(through ? { through: { kind: 'instance' as const, ref: through.ref } } : {}) }
    return t('opened', { ...(await api.windows.openDesktop(wish)) })
  }
  return (
    <Stack gap="sm">
      <Select
        label={t('way')}
        description={way === DIRECT ? t('directMeans') : t('tunnelMeans')}
        allowDeselect={false}
        data={[
          { value: DIRECT, label: t('direct', { address: instance.publicAddress ?? instance.privateAddress ?? '' }) },
          ...ways.map((each) => ({ value: each.ref.instanceId, label: t('through', { name: label(each) }) })),
        ]}
        value={way}
        onChange={(value) => value && setWay(value)}
      />
      <Text size="sm">{t('password')}</Text>
      {!running && <Text size="sm">{t('notRunning')}</Text>}
      {error !== undefined && <ErrorMessage error={toUserError(error)} instance={instance.ref} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={closeDialog}>
          {t('shell:cancel')}
        </Button>
        <Button
          variant="default"
          leftSection={<IconCopy size={16} />}
          loading={busy === 'password'}
          onClick={() => void run('password', copyPassword)}
        >
          {t('copy')}
        </Button>
        <Button
          leftSection={<IconDeviceDesktop size={16} />}
          loading={busy === 'desktop'}
          disabled={!running}
          onClick={() => void run('desktop', openDesktop)}
          data-autofocus
        >
          {t('open')}
        </Button>
      </Group>
    </Stack>
  )
}

/** Hosts of the same network that may lead to it: running machines with an SSH server. */
function useWays(instance: Instance): readonly Instance[] {
  return useAllInstances().filter(
    ({ ref, vpcId, state, windows }) =>
      !windows && state === 'running' && vpcId !== undefined && vpcId === instance.vpcId && ref.profile === instance.ref.profile,
  )
}
