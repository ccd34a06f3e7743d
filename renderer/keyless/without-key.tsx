import { Button } from '@mantine/core'
import { IconKeyOff, IconLifebuoy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { InstanceRef } from '../../contract/models/instance.ts'
import type { RemoteTab } from '../workspace/tabs.ts'
import { replaceTerminal } from '../workspace/terminals.ts'
import { askRecover } from './recover-dialog.tsx'

/** Into an instance whose key is not on this computer: this once, or for good. */
export function WithoutKey({ tab, instance }: { readonly tab: RemoteTab; readonly instance: InstanceRef }) {
  const { t } = useTranslation('keyless')
  const choices = { ...tab.target.choices, keyId: undefined, instanceConnect: true }
  return (
    <>
      <Button
        size="compact-sm"
        leftSection={<IconKeyOff size={15} />}
        onClick={() => void replaceTerminal(tab.key, { kind: 'instance', ref: instance, choices })}
      >
        {t('connect')}
      </Button>
      <Button size="compact-sm" variant="light" leftSection={<IconLifebuoy size={15} />} onClick={() => askRecover(instance, tab.key)}>
        {t('recover.open')}
      </Button>
    </>
  )
}
