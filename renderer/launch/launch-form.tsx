import { Button, Collapse, Group, NumberInput, Select, Stack, Textarea, TextInput, UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Launch, LaunchChoices } from '../../contract/models/launch.ts'
import { closeDialog } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { PriceLine } from '../prices/price-line.tsx'
import { formatNumber } from '../words/formats.ts'
import type { LaunchPlace } from './launch-dialog.tsx'
import { firstWish, groupChoices, imageChoices, keyChoices, NEW_GROUP, toLaunch, typesFor, type Wish } from './wish.ts'

interface Props {
  readonly place: LaunchPlace
  readonly choices: LaunchChoices
  readonly imageId?: string | undefined
  readonly name?: string | undefined
  onReady(launch: Launch): void
}

export function LaunchForm({ place, choices, imageId, name, onReady }: Props) {
  const { t, i18n } = useTranslation(['launch', 'instance', 'shell'])
  const [wish, setWish] = useState<Wish>(() => firstWish(choices, { imageId, name: name ?? '' }))
  const [more, setMore] = useState(false)
  const [working, setWorking] = useState(false)
  const set = (change: Partial<Wish>) => setWish((before) => ({ ...before, ...change }))
  const image = choices.images.find(({ id }) => id === wish.imageId)
  const types = typesFor(choices, image)
  const smallDisk = image !== undefined && wish.diskGiB < image.sizeGiB
  const ready = wish.name.trim() !== '' && image !== undefined && types.some(({ type }) => type === wish.type) && !smallDisk

  async function submit() {
    setWorking(true)
    const launch = await attempt(() => toLaunch(wish, choices))
    setWorking(false)
    if (launch) onReady(launch)
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (ready) void submit()
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('name')}
          value={wish.name}
          maxLength={255}
          onChange={({ currentTarget }) => set({ name: currentTarget.value })}
          data-autofocus
        />
        <Select
          label={t('image')}
          searchable
          allowDeselect={false}
          data={imageChoices(choices, { published: t('published'), own: t('own') })}
          value={wish.imageId}
          onChange={(id) => {
            const chosen = choices.images.find((each) => each.id === id)
            if (chosen)
              set({ imageId: chosen.id, type: firstType(choices, chosen, wish.type), diskGiB: Math.max(wish.diskGiB, chosen.sizeGiB) })
          }}
        />
        <Select
          label={t('type')}
          searchable
          allowDeselect={false}
          limit={100}
          data={types.map(({ type, cpus, memoryMiB, free }) => ({
            value: type,
            label: [
              type,
              t('instance:type.cpus', { count: cpus }),
              `${formatNumber(memoryMiB / 1024, i18n.language)} GiB`,
              free && t('instance:type.free'),
            ]
              .filter(Boolean)
              .join(' · '),
          }))}
          value={wish.type}
          onChange={(type) => type && set({ type })}
        />
        {image && wish.type && <PriceLine wish={{ kind: 'new', ...place, type: wish.type, operation: image.operation }} />}
        <Select
          label={t('key.label')}
          description={t('key.means')}
          allowDeselect={false}
          data={keyChoices(choices, { fresh: t('key.new'), here: t('key.here'), away: t('key.away'), pairs: t('key.pairs') })}
          value={wish.key}
          onChange={(key) => key && set({ key })}
        />
        <Select
          label={t('group.label')}
          description={wish.group === NEW_GROUP ? t('group.newMeans') : undefined}
          searchable
          allowDeselect={false}
          data={groupChoices(choices, wish, t('group.new'))}
          value={wish.group}
          onChange={(group) => group && set({ group })}
        />
        <UnstyledButton fz="sm" c="var(--mantine-color-anchor)" aria-expanded={more} onClick={() => setMore(!more)}>
          {t(more ? 'less' : 'more')}
        </UnstyledButton>
        <Collapse expanded={more}>
          <Stack gap="sm">
            <NumberInput
              label={t('disk')}
              min={1}
              max={16_384}
              value={wish.diskGiB}
              error={smallDisk && t('diskSmall', { size: image.sizeGiB })}
              onChange={(size) => set({ diskGiB: Number(size) || 1 })}
            />
            <Select
              label={t('subnet.label')}
              clearable
              placeholder={t('subnet.default')}
              data={choices.subnets.map(({ id, name: subnet, zone, public: open }) => ({
                value: id,
                label: [zone, subnet, id, t(open ? 'subnet.public' : 'subnet.private')].filter(Boolean).join(' · '),
              }))}
              value={wish.subnetId ?? null}
              onChange={(subnetId) => set({ subnetId: subnetId ?? undefined, group: NEW_GROUP })}
            />
            <Textarea
              label={t('userData.label')}
              description={t('userData.means')}
              autosize
              minRows={3}
              maxRows={8}
              styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
              value={wish.userData}
              onChange={({ currentTarget }) => set({ userData: currentTarget.value })}
            />
          </Stack>
        </Collapse>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={closeDialog}>
            {t('shell:cancel')}
          </Button>
          <Button type="submit" disabled={!ready} loading={working}>
            {t('instance:next')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** What was chosen, where it fits the image; else the first. */
function firstType(choices: LaunchChoices, image: LaunchChoices['images'][number], type: string): string {
  const types = typesFor(choices, image)
  return types.some((each) => each.type === type) ? type : (types[0]?.type ?? '')
}
