import { Checkbox, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backup } from '../../contract/models/backup.ts'
import type { Instance } from '../../contract/models/instance.ts'
import { query, toUserError } from '../api/client.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { change } from '../instances/actions.tsx'
import { BackupForm } from './backup-form.tsx'
import { isImageName } from './image-name.ts'

interface Props {
  readonly instance: Instance
  readonly backup: Backup
  onClose(): void
}

/** To another region, where it outlives what happens to this one. */
export function CopyBackup({ instance, backup: { kind, id, name: own, encrypted }, onClose }: Props) {
  const { t } = useTranslation('backups')
  const { profile, region } = instance.ref
  const { data, error, refetch } = useQuery(query.inventory.regions.queryOptions({ input: { profile } }))
  const [toRegion, setRegion] = useState<string | null>(null)
  const [name, setName] = useState(own || id)
  const [encrypt, setEncrypt] = useState(encrypted)
  const bad = kind === 'image' ? !isImageName(name.trim()) : !name.trim()
  return (
    <BackupForm
      title={t('copyTo.title', { name: own || id })}
      ready={toRegion !== null && !bad}
      onClose={onClose}
      onNext={() => {
        if (!toRegion) return
        const common = { toRegion, name: name.trim(), encrypt }
        change(
          [instance],
          kind === 'image' ? { kind: 'copy-image', imageId: id, ...common } : { kind: 'copy-snapshot', snapshotId: id, ...common },
        )
      }}
    >
      {error && <ErrorMessage error={toUserError(error)} onRetry={() => void refetch()} />}
      <Select
        label={t('copyTo.region')}
        searchable
        data={(data ?? []).filter((each) => each !== region)}
        value={toRegion}
        onChange={setRegion}
        data-autofocus
      />
      <TextInput
        label={t('name')}
        value={name}
        maxLength={128}
        error={bad && t('badName')}
        onChange={({ currentTarget }) => setName(currentTarget.value)}
      />
      <Checkbox
        label={t('copyTo.encrypt')}
        description={encrypted ? t('copyTo.encryptedAlready') : undefined}
        checked={encrypt}
        disabled={encrypted}
        onChange={({ currentTarget }) => setEncrypt(currentTarget.checked)}
      />
    </BackupForm>
  )
}
