import { Button, Card, Group, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { KeptVolume } from '../../contract/models/backup.ts'
import type { Instance } from '../../contract/models/instance.ts'
import { useChanges } from '../api/live.ts'
import { openDialog } from '../app/actions.ts'
import { change } from '../instances/actions.tsx'
import { readyToOpen } from '../launch/open-when-ready.ts'
import { formatDistance, formatNumber } from '../words/formats.ts'

/** Disks that a restore left: copies that are attached, and system disks that were replaced. They cost until they are deleted. */
export function KeptVolumes({ volumes, instance }: { readonly volumes: readonly KeptVolume[]; readonly instance: Instance }) {
  const { t, i18n } = useTranslation('backups')
  const changes = useChanges()
  /** Its files are being read: it is unmounted first. */
  const readBy = (volumeId: string) => changes.find((each) => each.canUndo && readyToOpen(each)?.folder?.endsWith(`/${volumeId}`))?.id
  const takeAway = (volumeId: string) => {
    const reading = readBy(volumeId)
    if (reading === undefined) change([instance], { kind: 'delete-volume', volumeId })
    else openDialog({ kind: 'change-undo', id: reading })
  }
  if (volumes.length === 0) return undefined
  const { language } = i18n
  return (
    <Stack gap="xs">
      <Title order={3} size="sm">
        {t('kept.title')}
      </Title>
      <Stack component="ul" gap="xs" m={0} p={0} aria-label={t('kept.title')} style={{ listStyle: 'none' }}>
        {volumes.map(({ id, name, sizeGiB, state, at, device }) => (
          <Card key={id} component="li" withBorder padding="xs">
            <Text size="sm" fw={600} truncate title={name}>
              {name || id}
            </Text>
            <Text size="xs" c="dimmed">
              {[
                id,
                device ? t('kept.attached', { device }) : t('kept.detached'),
                at && formatDistance(at, language),
                t('size', { size: formatNumber(sizeGiB, language) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
            <Group gap="xs" mt={6}>
              {!device && state === 'available' && (
                <Button
                  size="compact-xs"
                  variant="light"
                  disabled={instance.state !== 'running'}
                  onClick={() => change([instance], { kind: 'replace-root', from: { kind: 'volume', id } })}
                >
                  {t('kept.putBack')}
                </Button>
              )}
              <Button size="compact-xs" variant="light" color="red" onClick={() => takeAway(id)}>
                {t(device ? 'kept.detach' : 'kept.delete')}
              </Button>
            </Group>
          </Card>
        ))}
      </Stack>
    </Stack>
  )
}
