import { Radio, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backup } from '../../contract/models/backup.ts'
import type { Instance } from '../../contract/models/instance.ts'
import { change } from '../instances/actions.tsx'
import { BackupForm } from './backup-form.tsx'

interface Props {
  readonly instance: Instance
  readonly backup: Backup
  onClose(): void
}

/** Another account may use an image, and copy it, until it may no longer. */
export function ShareImage({ instance, backup: { id, name }, onClose }: Props) {
  const { t } = useTranslation('backups')
  const [account, setAccount] = useState('')
  const [on, setOn] = useState('yes')
  const accountId = account.replaceAll(/[\s-]/g, '')
  const good = /^\d{12}$/.test(accountId)
  return (
    <BackupForm
      title={t('share.title', { name: name || id })}
      ready={good}
      onClose={onClose}
      onNext={() => change([instance], { kind: 'share-image', imageId: id, accountId, on: on === 'yes' })}
    >
      <TextInput
        label={t('share.account')}
        description={t('share.accountMeans')}
        value={account}
        inputMode="numeric"
        error={account !== '' && !good && accountId.length >= 12 && t('share.badAccount')}
        onChange={({ currentTarget }) => setAccount(currentTarget.value)}
        data-autofocus
      />
      <Radio.Group value={on} onChange={setOn} aria-label={t('share.menu')}>
        <Stack gap={6}>
          <Radio value="yes" label={t('share.yes')} />
          <Radio value="no" label={t('share.no')} />
        </Stack>
      </Radio.Group>
    </BackupForm>
  )
}
