import { Button, Text, Title } from '@mantine/core'
import { IconPlugConnected } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Instance, InstanceRef } from '../../contract/models/instance.ts'
import { openTarget } from '../app/actions.ts'

/** The way in that needs no network on the instance. */
export function SerialConsole({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('keyless')
  return (
    <section aria-label={t('serial.title')}>
      <Title order={3} size="h6" mb="xs">
        {t('serial.title')}
      </Title>
      <Text size="xs" c="dimmed" mb="xs">
        {t('serial.text')}
      </Text>
      <OpenSerialConsole instance={instance.ref} disabled={instance.state !== 'running'} />
    </section>
  )
}

export function OpenSerialConsole({ instance, disabled = false }: { readonly instance: InstanceRef; readonly disabled?: boolean }) {
  const { t } = useTranslation('keyless')
  return (
    <Button
      size="compact-sm"
      variant="default"
      disabled={disabled}
      leftSection={<IconPlugConnected size={14} />}
      onClick={() => openTarget({ kind: 'instance', ref: instance, serial: true })}
    >
      {t('serial.open')}
    </Button>
  )
}
