import { Badge, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconDownload, IconRefresh } from '@tabler/icons-react'
import { keepPreviousData, useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditReport, Fault } from '../../contract/models/audit.ts'
import type { InstanceRef } from '../../contract/models/instance.ts'
import { askedAgainWhen } from '../api/asked-again.ts'
import { query } from '../api/client.ts'
import { useChanges, useInventory, useNetworkRevision } from '../api/live.ts'
import { closeDialog } from '../app/actions.ts'
import { ChangeDialog } from '../changes/change-dialog.tsx'
import { saveFile } from '../host/save-file.ts'
import { ChangeDialog as NetworkChangeDialog } from '../network/change-dialog.tsx'
import { faultsAsCsv } from './csv.ts'
import { RegionCard } from './region-card.tsx'
import { useFaultWords } from './use-fault-words.ts'

type Remedy = Fault['remedy']

/** What of the chosen profiles and regions should be otherwise: each region by itself, all side by side. */
export function AuditDialog() {
  const { t } = useTranslation('audit')
  const words = useFaultWords()
  const { regions } = useInventory()
  const [remedy, setRemedy] = useState<Remedy | undefined>()
  const done = useChanges().filter(({ over }) => over).length
  const revision = useNetworkRevision()
  const looks = useQueries({
    queries: regions.map(({ profile, region }) => ({
      ...askedAgainWhen(query.audit.region.queryOptions({ input: { profile, region } }), revision, done),
      placeholderData: keepPreviousData,
      retry: false,
    })),
  })
  const reports = looks.flatMap(({ data }): AuditReport[] => (data ? [data] : []))
  const faults = reports.flatMap((report) => report.faults)
  const looking = looks.some(({ isFetching }) => isFetching)
  return (
    <Modal opened onClose={closeDialog} title={t('title')} size="xl">
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Summary faults={faults} looking={looking} />
          <Group gap="xs">
            <Button
              size="xs"
              variant="default"
              leftSection={<IconRefresh size={14} />}
              disabled={looking}
              onClick={() => {
                for (const look of looks) void look.refetch()
              }}
            >
              {t('again')}
            </Button>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconDownload size={14} />}
              disabled={faults.length === 0}
              onClick={() => saveFile('audit.csv', faultsAsCsv(faults, words, t), 'text/csv;charset=utf-8')}
            >
              {t('export')}
            </Button>
          </Group>
        </Group>
        {regions.length === 0 && (
          <Text size="sm" c="dimmed">
            {t('noRegions')}
          </Text>
        )}
        {regions.map(({ profile, region }, index) => (
          <RegionCard key={`${profile} ${region}`} profile={profile} region={region} look={looks[index]} onRemedy={setRemedy} />
        ))}
      </Stack>
      {remedy?.kind === 'network' && (
        <NetworkChangeDialog target={remedy.target} change={remedy.change} onClose={() => setRemedy(undefined)} />
      )}
      {remedy?.kind === 'change' && (
        <ChangeDialog request={{ refs: remedy.refs as InstanceRef[], change: remedy.change }} onClose={() => setRemedy(undefined)} />
      )}
    </Modal>
  )
}

function Summary({ faults, looking }: { readonly faults: readonly Fault[]; readonly looking: boolean }) {
  const { t } = useTranslation('audit')
  const of = (weight: Fault['weight']) => faults.filter((fault) => fault.weight === weight).length
  return (
    <Group gap={6} role="status" aria-label={t('summary')}>
      {looking && faults.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('looking')}
        </Text>
      )}
      {(['high', 'medium', 'low'] as const).map((weight) =>
        of(weight) > 0 ? (
          <Badge key={weight} variant="light" radius="sm" color={COLOURS[weight]} tt="none">
            {t(`weight.${weight}`, { count: of(weight) })}
          </Badge>
        ) : undefined,
      )}
    </Group>
  )
}

const COLOURS = { high: 'red', medium: 'yellow', low: 'gray' } as const
