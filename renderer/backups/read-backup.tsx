import { Select, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backup } from '../../contract/models/backup.ts'
import type { Instance } from '../../contract/models/instance.ts'
import { refKey } from '../api/instances.ts'
import { change, label } from '../instances/actions.tsx'
import { useAllInstances } from '../instances/use-instances.ts'
import { openWhenReady } from '../launch/open-when-ready.ts'
import { PriceLine } from '../prices/price-line.tsx'
import { BackupForm } from './backup-form.tsx'

interface Props {
  readonly instance: Instance
  readonly backup: Backup
  onClose(): void
}

/** A disk of it for a while, on a machine that runs: the one that it came from, unless another one is chosen. */
export function ReadBackup({ instance, backup: { kind, id, name, snapshotIds, sizeGiB }, onClose }: Props) {
  const { t } = useTranslation('backups')
  const { profile, region } = instance.ref
  const machines = useAllInstances().filter(
    ({ ref, state, windows }) => ref.profile === profile && ref.region === region && state === 'running' && !windows,
  )
  const snapshots = kind === 'image' ? snapshotIds : [id]
  const [snapshotId, setSnapshotId] = useState(snapshots[0])
  const [chosen, setChosen] = useState<string | null>(refKey(instance.ref))
  const target = machines.find(({ ref }) => refKey(ref) === chosen)
  return (
    <BackupForm
      title={t('read.title', { name: name || id })}
      ready={target !== undefined && snapshotId !== undefined}
      onClose={onClose}
      onNext={() => target && snapshotId && change([target], { kind: 'read-backup', snapshotId }, openWhenReady)}
    >
      <Select
        label={t('read.machine')}
        description={t('read.means')}
        error={machines.length === 0 && t('read.none')}
        searchable
        openOnFocus={false}
        data={machines.map((machine) => ({ value: refKey(machine.ref), label: label(machine) }))}
        value={target ? chosen : null}
        onChange={setChosen}
        data-autofocus
      />
      {snapshots.length > 1 && (
        <Select
          label={t('read.snapshot')}
          data={snapshots}
          value={snapshotId ?? null}
          allowDeselect={false}
          onChange={(picked) => setSnapshotId(picked ?? snapshots[0])}
        />
      )}
      <PriceLine wish={{ kind: 'disk', profile, region, volumeType: 'gp3', sizeGiB: Math.max(1, sizeGiB) }} />
      <Text size="xs" c="dimmed">
        {t('read.root')}
      </Text>
    </BackupForm>
  )
}
