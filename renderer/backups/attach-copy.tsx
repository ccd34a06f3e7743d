import { Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backup } from '../../contract/models/backup.ts'
import type { Instance } from '../../contract/models/instance.ts'
import { refKey } from '../api/instances.ts'
import { change, label } from '../instances/actions.tsx'
import { useAllInstances } from '../instances/use-instances.ts'
import { BackupForm } from './backup-form.tsx'

interface Props {
  readonly instance: Instance
  readonly backup: Backup
  onClose(): void
}

/** A copy for this machine or another one of the same region: its files can be read there. */
export function AttachCopy({ instance, backup: { id, name }, onClose }: Props) {
  const { t } = useTranslation('backups')
  const { profile, region } = instance.ref
  const machines = useAllInstances().filter(
    ({ ref, state }) => ref.profile === profile && ref.region === region && (state === 'running' || state === 'stopped'),
  )
  const [chosen, setChosen] = useState<string | null>(refKey(instance.ref))
  const target = machines.find(({ ref }) => refKey(ref) === chosen)
  return (
    <BackupForm
      title={t('attach.title', { name: name || id })}
      ready={target !== undefined}
      onClose={onClose}
      onNext={() => target && change([target], { kind: 'attach-copy', snapshotId: id })}
    >
      <Select
        label={t('attach.machine')}
        description={t('attach.means')}
        searchable
        data={machines.map((machine) => ({ value: refKey(machine.ref), label: label(machine) }))}
        value={chosen}
        onChange={setChosen}
        data-autofocus
      />
    </BackupForm>
  )
}
