import { Alert, Button, Group, Skeleton, Stack } from '@mantine/core'
import { IconCamera, IconDeviceFloppy } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Backup } from '../../contract/models/backup.ts'
import type { Instance } from '../../contract/models/instance.ts'
import { askedAgainWhen } from '../api/asked-again.ts'
import { query, toUserError } from '../api/client.ts'
import { useChanges } from '../api/live.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { useDelayed } from '../app/use-delayed.ts'
import { SchedulesSection } from '../schedules/schedules-section.tsx'
import { AttachCopy } from './attach-copy.tsx'
import { BackupLine } from './backup-line.tsx'
import { CopyBackup } from './copy-backup.tsx'
import { CreateImage } from './create-image.tsx'
import { CreateSnapshots } from './create-snapshots.tsx'
import { DeleteImage } from './delete-image.tsx'
import { KeptVolumes } from './kept-volumes.tsx'
import { LastBackup } from './last-backup.tsx'
import { ReadBackup } from './read-backup.tsx'
import { ShareImage } from './share-image.tsx'

type Open =
  | { readonly kind: 'image' | 'snapshots' }
  | { readonly kind: 'delete-image' | 'read' | 'attach' | 'copy' | 'share'; readonly backup: Backup }
/** While something is being made. */
const LOOK_AGAIN_MS = 2_500

/** What an instance could be had back from, and how more of it is made. */
export function BackupsTab({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('backups')
  const [open, setOpen] = useState<Open | undefined>()
  const steps = useChanges().map(({ id, over, targets }) => `${id} ${over} ${targets.map(({ phase }) => phase)}`)
  const options = query.backups.list.queryOptions({ input: { ref: instance.ref } })
  const { data, error, refetch } = useQuery({
    ...askedAgainWhen(options, ...steps),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.backups.some((each) => each.state === 'pending') ? LOOK_AGAIN_MS : false),
  })
  const late = useDelayed(!data && !error)
  const close = () => setOpen(undefined)
  return (
    <Stack gap="md" p="sm">
      {late && <Skeleton height={140} role="status" aria-label={t('loading')} />}
      {error && <ErrorMessage error={toUserError(error)} instance={instance.ref} onRetry={() => void refetch()} />}
      {data && (
        <>
          <LastBackup at={data.last} />
          <Group gap="xs">
            <Button size="xs" leftSection={<IconCamera size={15} />} onClick={() => setOpen({ kind: 'image' })}>
              {t('createImage')}
            </Button>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconDeviceFloppy size={15} />}
              disabled={data.volumes.length === 0}
              onClick={() => setOpen({ kind: 'snapshots' })}
            >
              {t('createSnapshots')}
            </Button>
          </Group>
          {data.backups.length === 0 ? (
            <Alert color="gray" p="xs">
              {t('empty')}
            </Alert>
          ) : (
            <Stack component="ul" gap="xs" m={0} p={0} aria-label={t('list')} style={{ listStyle: 'none' }}>
              {data.backups.map((backup) => (
                <BackupLine key={backup.id} backup={backup} instance={instance} onOpen={(kind) => setOpen({ kind, backup })} />
              ))}
            </Stack>
          )}
          <KeptVolumes volumes={data.kept} instance={instance} />
          {open?.kind === 'image' && <CreateImage instance={instance} onClose={close} />}
          {open?.kind === 'snapshots' && <CreateSnapshots instance={instance} volumes={data.volumes} onClose={close} />}
          {open?.kind === 'read' && <ReadBackup instance={instance} backup={open.backup} onClose={close} />}
          {open?.kind === 'attach' && <AttachCopy instance={instance} backup={open.backup} onClose={close} />}
          {open?.kind === 'copy' && <CopyBackup instance={instance} backup={open.backup} onClose={close} />}
          {open?.kind === 'share' && <ShareImage instance={instance} backup={open.backup} onClose={close} />}
          {open?.kind === 'delete-image' && <DeleteImage instance={instance} backup={open.backup} onClose={close} />}
        </>
      )}
      <SchedulesSection instance={instance} />
    </Stack>
  )
}
