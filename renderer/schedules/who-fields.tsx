import { Group, Radio, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import type { TargetTag } from '../../contract/models/schedule.ts'
import { tagText } from './schedule-words.ts'

interface Props {
  readonly own: TargetTag
  readonly tag: TargetTag
  readonly instance: Instance
  onChange(tag: TargetTag): void
}

/** DLM knows machines by a tag: one that Mooring sets on this one alone, or the person's own. */
export function WhoFields({ own, tag, instance, onChange }: Props) {
  const { t } = useTranslation('schedules')
  const [who, setWho] = useState('own')
  const first = Object.entries(instance.tags).find(([key]) => key !== 'Name' && !/^(aws|mooring):/i.test(key)) ?? ['Backup', 'yes']
  return (
    <>
      <Radio.Group
        label={t('form.who')}
        value={who}
        onChange={(value) => {
          setWho(value)
          onChange(value === 'own' ? own : { key: first[0], value: first[1] })
        }}
      >
        <Stack gap={6} mt={6}>
          <Radio value="own" label={t('form.own')} description={t('form.ownMeans', { tag: tagText(own) })} />
          <Radio value="tagged" label={t('form.tagged')} description={t('form.taggedMeans')} />
        </Stack>
      </Radio.Group>
      {who === 'tagged' && (
        <Group gap="xs" align="flex-start" grow>
          <TextInput
            label={t('form.key')}
            value={tag.key}
            maxLength={128}
            error={(!tag.key.trim() || /^aws:/i.test(tag.key.trim())) && t('form.badTag')}
            onChange={({ currentTarget }) => onChange({ ...tag, key: currentTarget.value })}
          />
          <TextInput
            label={t('form.value')}
            value={tag.value}
            maxLength={256}
            onChange={({ currentTarget }) => onChange({ ...tag, value: currentTarget.value })}
          />
        </Group>
      )}
    </>
  )
}
