import { Code, Stack, Text } from '@mantine/core'
import { modals } from '@mantine/modals'
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import type { UserErrorDetails } from '../../contract/errors.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import type { RemoteTab } from './tabs.ts'
import { reconnectTab } from './terminals.ts'

type Changed = UserErrorDetails['HOST_KEY_CHANGED']

/** The way back from a changed host key, for somebody who knows why it changed: both fingerprints are before their eyes. */
export function askForgetHostKey(tab: RemoteTab, changed: Changed): void {
  const t = i18next.getFixedT(null, 'workspace')
  const address = tab.terminal?.address
  modals.openConfirmModal({
    title: t('forgetHostKey.title', { host: changed.host }),
    size: 'lg',
    children: <Fingerprints changed={changed} />,
    labels: { confirm: t('forgetHostKey.do'), cancel: t('cancel') },
    confirmProps: { color: 'red' },
    onConfirm: () =>
      void attempt(async () => {
        await api.reach.forgetHostKey({ target: tab.target, ...(address && { address: address.host, port: address.port }) })
        await reconnectTab(tab.key)
      }),
  })
}

function Fingerprints({ changed }: { readonly changed: Changed }) {
  const { t } = useTranslation('workspace')
  return (
    <Stack gap="xs">
      <Text size="sm">{t('forgetHostKey.text')}</Text>
      <Text size="sm" fw={600}>
        {t('forgetHostKey.known')}
      </Text>
      <Code block>{changed.expected.join('\n')}</Code>
      <Text size="sm" fw={600}>
        {t('forgetHostKey.now', { algorithm: changed.algorithm })}
      </Text>
      <Code block>{changed.actual}</Code>
    </Stack>
  )
}
