import { Button, Group, Modal, Select, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Launch } from '../../contract/models/launch.ts'
import { query, toUserError } from '../api/client.ts'
import { useInventory, useProfiles } from '../api/live.ts'
import { closeDialog, useShell } from '../app/actions.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { LaunchReview } from '../changes/change-dialog.tsx'
import { LaunchForm } from './launch-form.tsx'
import { openWhenReady } from './open-when-ready.ts'

export interface LaunchPlace {
  readonly profile: string
  readonly region: string
}
interface Props {
  readonly place?: LaunchPlace | undefined
  readonly imageId?: string | undefined
  readonly name?: string | undefined
}

/** A new instance: chosen with sensible defaults, shown before it happens, and its terminal opened as soon as it can be. */
export function LaunchDialog({ place, imageId, name }: Props) {
  const { t } = useTranslation(['launch', 'shell'])
  const places = usePlaces()
  const usual = useUsual(places)
  const [at, setAt] = useState<LaunchPlace | undefined>(place ?? usual)
  const [wanted, setWanted] = useState<Launch>()
  const { data, error, refetch } = useQuery({
    ...query.changes.launchChoices.queryOptions({ input: { profile: at?.profile ?? '', region: at?.region ?? '' } }),
    enabled: at !== undefined,
    staleTime: 60_000,
  })
  if (wanted && at)
    return <LaunchReview place={at} launch={wanted} onBack={() => setWanted(undefined)} onApplied={openWhenReady} onClose={closeDialog} />
  return (
    <Modal opened onClose={closeDialog} size="lg" title={t('title')}>
      <Stack gap="sm">
        {!at && <Text size="sm">{t('noPlace')}</Text>}
        {at && (
          <Select
            label={t('region')}
            disabled={place !== undefined}
            data={places.map((each) => ({ value: keyOf(each), label: labelOf(each, places) }))}
            value={keyOf(at)}
            onChange={(key) => setAt(places.find((each) => keyOf(each) === key) ?? at)}
            allowDeselect={false}
          />
        )}
        {error && <ErrorMessage error={toUserError(error)} onRetry={() => void refetch()} />}
        {at && !data && !error && <Skeleton height={320} role="status" aria-label={t('loading')} />}
        {data && at && <LaunchForm key={keyOf(at)} place={at} choices={data} imageId={imageId} name={name} onReady={setWanted} />}
        {!data && (
          <Group justify="flex-end">
            <Button variant="default" onClick={closeDialog}>
              {t('shell:cancel')}
            </Button>
          </Group>
        )}
      </Stack>
    </Modal>
  )
}

/** Where it may be: what is listed. */
function usePlaces(): readonly LaunchPlace[] {
  return useInventory().regions.map(({ profile, region }) => ({ profile, region }))
}
/** Where the selected instance is, else the region that the profile names. */
function useUsual(places: readonly LaunchPlace[]): LaunchPlace | undefined {
  const selected = useShell((shell) => shell.selectedInstance)
  const { profiles } = useProfiles()
  return (
    places.find(({ profile, region }) => profile === selected?.profile && region === selected.region) ??
    places.find((place) => profiles.some(({ name, region }) => name === place.profile && region === place.region)) ??
    places[0]
  )
}
const keyOf = ({ profile, region }: LaunchPlace) => `${profile} ${region}`
function labelOf({ profile, region }: LaunchPlace, all: readonly LaunchPlace[]): string {
  return all.some((each) => each.profile !== profile) ? `${region} (${profile})` : region
}
