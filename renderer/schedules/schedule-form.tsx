import { Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import type { Schedule } from '../../contract/models/schedule.ts'
import { BackupForm } from '../backups/backup-form.tsx'
import { change, label } from '../instances/actions.tsx'
import { CopyFields } from './copy-fields.tsx'
import { KeepFields } from './keep-fields.tsx'
import { ownTag } from './own-tag.ts'
import { TimingFields } from './timing-fields.tsx'
import { isName, ruleOf, type Wanted, wantedFrom } from './wanted.ts'
import { WhoFields } from './who-fields.tsx'

interface Props {
  readonly instance: Instance
  /** Absent: a new one. */
  readonly schedule: Schedule | undefined
  readonly roles: readonly string[]
  onClose(): void
}

/** As `aws dlm create-default-role` makes it, and as AWS's console does. */
const ROLES = ['AWSDataLifecycleManagerDefaultRole', 'service-role/AWSDataLifecycleManagerDefaultRole']

/** What a policy shall do. Then the change is shown. */
export function ScheduleForm({ instance, schedule, roles, onClose }: Props) {
  const { t } = useTranslation('schedules')
  const { instanceId } = instance.ref
  const own = ownTag(instanceId, instance.tags)
  const [wanted, setWanted] = useState(() => wantedFrom(schedule?.rule, t('form.defaultName', { name: label(instance) })))
  const [tag, setTag] = useState(own)
  const known = [...new Set([...roles, ...ROLES])]
  const [role, setRole] = useState(known[0] ?? '')
  const set = (some: Partial<Wanted>) => setWanted((before) => ({ ...before, ...some }))
  const rule = ruleOf(wanted)
  const goodTag = tag.key.trim() !== '' && !/^aws:/i.test(tag.key.trim())
  return (
    <BackupForm
      title={t(schedule ? 'form.edit' : 'form.new', { name: schedule?.name || label(instance) })}
      ready={rule !== undefined && (schedule !== undefined || goodTag)}
      onClose={onClose}
      onNext={() => {
        if (!rule) return
        change(
          [instance],
          schedule
            ? { kind: 'edit-schedule', policyId: schedule.id, rule }
            : { kind: 'create-schedule', rule, tag: { ...tag, key: tag.key.trim() }, role },
        )
      }}
    >
      <TextInput
        label={t('form.name')}
        value={wanted.name}
        maxLength={500}
        error={!isName(wanted.name) && t('form.badName')}
        onChange={({ currentTarget }) => set({ name: currentTarget.value })}
        data-autofocus
      />
      {!schedule && <WhoFields own={own} tag={tag} instance={instance} onChange={setTag} />}
      <TimingFields wanted={wanted} onChange={set} />
      <KeepFields
        label={t('form.keep')}
        unitLabel={t('form.keepUnit')}
        units={['count', 'DAYS', 'WEEKS', 'MONTHS', 'YEARS']}
        keep={wanted.keep}
        unit={wanted.unit}
        onKeep={(keep) => set({ keep })}
        onUnit={(unit) => set({ unit })}
      />
      <CopyFields place={instance.ref} wanted={wanted} onChange={set} />
      {!schedule && (
        <Select
          label={t('form.role')}
          description={t('form.roleMeans')}
          data={known}
          value={role}
          allowDeselect={false}
          onChange={(value) => setRole(value ?? role)}
        />
      )}
    </BackupForm>
  )
}
