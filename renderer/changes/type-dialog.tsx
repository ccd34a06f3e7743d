import { Button, Group, Modal, Select, Skeleton, Stack } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InstanceRef } from '../../contract/models/instance.ts'
import type { InstanceTypeChoice } from '../../contract/models/instance-details.ts'
import { query, toUserError } from '../api/client.ts'
import { useInstance } from '../api/instances.ts'
import { closeDialog, openDialog } from '../app/actions.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { label } from '../instances/actions.tsx'
import { PriceLine } from '../prices/price-line.tsx'
import { formatNumber } from '../words/formats.ts'

/** Of the types that fit its architecture one is chosen; then the change is shown. */
export function TypeDialog({ target }: { readonly target: InstanceRef }) {
  const { t, i18n } = useTranslation(['instance', 'shell'])
  const instance = useInstance(target)
  const [type, setType] = useState<string | null>(null)
  const { data, error, refetch } = useQuery(query.instances.types.queryOptions({ input: { ref: target } }))
  const words = ({ type: name, cpus, memoryMiB, free }: InstanceTypeChoice) =>
    [name, t('type.cpus', { count: cpus }), `${formatNumber(memoryMiB / 1024, i18n.language)} GiB`, free && t('type.free')]
      .filter(Boolean)
      .join(' · ')
  return (
    <Modal opened onClose={closeDialog} title={t('title.type', { names: instance ? label(instance) : target.instanceId, count: 1 })}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (type) openDialog({ kind: 'change', refs: [target], change: { kind: 'type', type } })
        }}
      >
        <Stack gap="sm">
          {error && <ErrorMessage error={toUserError(error)} instance={target} onRetry={() => void refetch()} />}
          {!data && !error && <Skeleton height={60} role="status" aria-label={t('checking')} />}
          {data && (
            <Select
              label={t('type.label')}
              description={t('type.now', { type: instance?.type ?? '' })}
              searchable
              limit={100}
              nothingFoundMessage={t('type.none')}
              data={data.filter((each) => each.type !== instance?.type).map((each) => ({ value: each.type, label: words(each) }))}
              value={type}
              onChange={setType}
              data-autofocus
            />
          )}
          {data && <PriceLine wish={{ kind: 'instance', ref: target, ...(type ? { type } : {}) }} asOf={instance?.type} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={closeDialog}>
              {t('shell:cancel')}
            </Button>
            <Button type="submit" disabled={!type}>
              {t('next')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
