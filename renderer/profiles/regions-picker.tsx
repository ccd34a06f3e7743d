import { Button, Checkbox, Group, Loader, Popover, ScrollArea, Stack, Text, TextInput } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../contract/models/settings.ts'
import { query, toUserError } from '../api/client.ts'
import { useProfiles, useSettings } from '../api/live.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { useRegionName } from '../instances/region-name.ts'
import { change } from '../settings/change.ts'

/** Which regions of the selected profiles are listed: all that the account has enabled, or chosen ones. */
export function RegionsPicker() {
  const { t } = useTranslation()
  const { regions } = useSettings()
  const [search, setSearch] = useState('')
  const selected = useProfiles().profiles.filter((profile) => profile.selected)
  const chosen = selected.map((profile) => regions[profile.name])
  const count =
    chosen.length > 0 && chosen.every((list) => list !== undefined) ? chosen.reduce((sum, list) => sum + list.length, 0) : undefined
  return (
    <Popover width={320} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="compact-sm"
          variant="default"
          fw={400}
          style={{ flex: 'none' }}
          disabled={selected.length === 0}
          rightSection={<IconChevronDown size={14} />}
        >
          {t('regionPicker.picker')}&nbsp;<b>{count ?? t('regionPicker.all')}</b>
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="xs">
        <TextInput
          size="xs"
          mb="xs"
          aria-label={t('regionPicker.search')}
          placeholder={t('regionPicker.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <ScrollArea.Autosize mah="60vh">
          <Stack gap="sm">
            {selected.map((profile) => (
              <RegionsOf key={profile.name} profile={profile.name} titled={selected.length > 1} search={search.trim().toLowerCase()} />
            ))}
          </Stack>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  )
}

interface Props {
  readonly profile: string
  readonly titled: boolean
  readonly search: string
}

function RegionsOf({ profile, titled, search }: Props) {
  const { t } = useTranslation()
  const regionName = useRegionName()
  const settings = useSettings()
  const { data: enabled, error, refetch } = useQuery(query.inventory.regions.queryOptions({ input: { profile } }))
  const chosen = settings.regions[profile]
  const shown = enabled?.filter((region) => `${region} ${regionName(region)}`.toLowerCase().includes(search))

  function choose(regions: readonly string[] | undefined) {
    change({ regions: withRegions(settings, profile, regions) })
  }

  return (
    <Stack gap={6} role="group" aria-label={t('regionPicker.of', { profile })}>
      {titled && (
        <Text size="xs" fw={600} c="dimmed">
          {t('regionPicker.of', { profile })}
        </Text>
      )}
      {error && <ErrorMessage error={toUserError(error)} onRetry={() => void refetch()} />}
      {!enabled && !error && <Loader size="xs" />}
      {enabled && (
        <Checkbox
          size="xs"
          label={t('regionPicker.allItem')}
          checked={chosen === undefined}
          onChange={(event) => choose(event.currentTarget.checked ? undefined : enabled.slice(0, 1))}
        />
      )}
      {shown?.map((region) => (
        <Checkbox
          key={region}
          size="xs"
          label={
            <Group gap={6}>
              {region}
              <Text span size="xs" c="dimmed">
                {regionName(region)}
              </Text>
            </Group>
          }
          checked={chosen?.includes(region) ?? true}
          onChange={() => choose(toggle(region, chosen ?? enabled ?? []))}
        />
      ))}
    </Stack>
  )
}

/** At least one stays: an account with no region at all would list nothing, and nobody would know why. */
function toggle(region: string, chosen: readonly string[]): readonly string[] {
  const next = chosen.includes(region) ? chosen.filter((other) => other !== region) : [...chosen, region]
  return next.length === 0 ? chosen : next
}

function withRegions(settings: Settings, profile: string, regions: readonly string[] | undefined): Settings['regions'] {
  const { [profile]: _, ...others } = settings.regions
  return regions ? { ...others, [profile]: [...regions] } : others
}
