import { Button, Group, Paper, Radio, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SharedFolderState } from '../../contract/models/shared-folder.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { fieldName } from './field-name.ts'

type Side = 'here' | 'there'

/** One bookmark that changed on both sides: for each field, whose. */
export function Conflict({ conflict }: { readonly conflict: SharedFolderState['conflicts'][number] }) {
  const { t } = useTranslation('sharing')
  const { id, name, fields } = conflict
  const [take, setTake] = useState<Readonly<Record<string, Side>>>({})
  return (
    <Paper withBorder p="xs" mt="xs" role="group" aria-label={name}>
      <Text size="sm" fw={600} truncate>
        {name}
      </Text>
      {fields.map(({ field, ...values }) => (
        <Radio.Group
          key={field}
          mt={4}
          size="xs"
          label={fieldName(field, t)}
          aria-label={t('choice', { field: fieldName(field, t), name })}
          value={take[field] ?? null}
          onChange={(side) => setTake({ ...take, [field]: side as Side })}
        >
          {(['here', 'there'] as const).map((side) => (
            <Radio
              key={side}
              mt={2}
              size="xs"
              value={side}
              styles={{ label: { overflowWrap: 'anywhere' } }}
              label={`${t(side)}: ${values[side] || t('none')}`}
            />
          ))}
        </Radio.Group>
      ))}
      <Group justify="flex-end" mt="xs">
        <Button
          size="xs"
          disabled={fields.some(({ field }) => !take[field])}
          onClick={() => void attempt(() => api.bookmarks.shared.resolve({ id, take }))}
        >
          {t('resolve')}
        </Button>
      </Group>
    </Paper>
  )
}
