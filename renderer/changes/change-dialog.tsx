import { Alert, Button, Checkbox, Group, Modal, Skeleton, Stack, TextInput } from '@mantine/core'
import { IconShieldLock } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountChange, PreparedChanges } from '../../contract/models/change.ts'
import type { InstanceRef } from '../../contract/models/instance.ts'
import type { Launch } from '../../contract/models/launch.ts'
import { api, query, toUserError } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { ErrorMessage } from '../app/error-message.tsx'
import { formatList } from '../words/formats.ts'
import { PreparedTargets } from './prepared-targets.tsx'

interface Props {
  readonly request: {
    readonly refs: readonly InstanceRef[]
    readonly change: AccountChange
    readonly onApplied?: (changeId: string) => void
  }
  onClose(): void
}
/** What is prepared is for this once. */
const ONCE = { gcTime: 0, staleTime: Number.POSITIVE_INFINITY, retry: false }

/** Shows what would be done to each instance before it happens. */
export function ChangeDialog({ request, onClose }: Props) {
  const { refs, change, onApplied } = request
  const [lift, setLift] = useState(false)
  const [snapshotFirst, setSnapshotFirst] = useState(true)
  const lifted = lift && (change.kind === 'stop' || change.kind === 'terminate') ? { ...change, lift } : change
  const wanted = change.kind === 'replace-root' ? { ...change, snapshotFirst } : lifted
  const { data, error, refetch, isPlaceholderData } = useQuery({
    ...query.changes.prepare.queryOptions({ input: { refs: [...refs], change: wanted } }),
    ...ONCE,
    placeholderData: (before) => before,
  })
  const wish = change.kind === 'replace-root' ? { snapshotFirst, setSnapshotFirst } : {}
  const common = { data, error, refetch, onApplied, onClose }
  return <Review {...{ ...common, ...wish, kind: change.kind, lift, setLift, outdated: isPlaceholderData }} />
}

/** The same for what takes a change back. */
export function UndoDialog({ id, onClose }: { readonly id: string; onClose(): void }) {
  const { data, error, refetch } = useQuery({ ...query.changes.prepareUndo.queryOptions({ input: { id } }), ...ONCE })
  return <Review {...{ kind: data?.kind, data, error, refetch, onClose }} />
}

interface LaunchProps {
  readonly place: { readonly profile: string; readonly region: string }
  readonly launch: Launch
  onBack(): void
  onApplied(changeId: string): void
  onClose(): void
}

/** The same for an instance that is to be. */
export function LaunchReview({ place: { profile, region }, launch, onBack, onApplied, onClose }: LaunchProps) {
  const { data, error, refetch } = useQuery({
    ...query.changes.prepareLaunch.queryOptions({ input: { place: { profile, region }, launch } }),
    ...ONCE,
  })
  return <Review {...{ kind: 'launch' as const, data, error, refetch, onBack, onApplied, onClose }} />
}

interface ReviewProps {
  readonly kind: PreparedChanges['kind'] | undefined
  readonly data: PreparedChanges | undefined
  readonly error: Error | null
  refetch(): Promise<unknown>
  readonly lift?: boolean
  setLift?(lift: boolean): void
  readonly snapshotFirst?: boolean
  setSnapshotFirst?(wanted: boolean): void
  /** What is shown is still that of the last wish. */
  readonly outdated?: boolean
  onBack?(): void
  readonly onApplied?: ((changeId: string) => void) | undefined
  onClose(): void
}

function Review({
  kind,
  data,
  error,
  refetch,
  lift,
  setLift,
  snapshotFirst,
  setSnapshotFirst,
  outdated,
  onBack,
  onApplied,
  onClose,
}: ReviewProps) {
  const { t, i18n } = useTranslation(['instance', 'shell'])
  const [typed, setTyped] = useState('')
  const [applying, setApplying] = useState(false)
  const targets = data?.targets ?? []
  const possible = targets.filter(({ allowed }) => allowed !== 'no')
  const barred = targets.filter(({ protectedFrom }) => protectedFrom)
  const names = formatList(targets.map(({ name }) => name).slice(0, 5), i18n.language)
  const dangerous = kind === 'terminate' || kind === 'stop' || kind === 'reboot'

  async function apply({ id }: PreparedChanges) {
    setApplying(true)
    const applied = await attempt(() => api.changes.apply({ id }))
    if (applied) {
      onApplied?.(applied.id)
      return onClose()
    }
    setApplying(false)
    await refetch()
  }
  return (
    <Modal opened onClose={onClose} size="lg" title={kind ? t(`title.${kind}`, { names, count: Math.max(1, targets.length) }) : t('undo')}>
      <Stack gap="sm">
        {error && <ErrorMessage error={toUserError(error)} onRetry={() => void refetch()} />}
        {!data && !error && <Skeleton height={140} role="status" aria-label={t('checking')} />}
        {data && <PreparedTargets targets={targets} />}
        {setSnapshotFirst && (
          <Checkbox
            label={t('snapshotFirst')}
            checked={snapshotFirst ?? false}
            onChange={({ currentTarget }) => setSnapshotFirst(currentTarget.checked)}
          />
        )}
        {setLift && (barred.length > 0 || lift) && (
          <Alert color="yellow" variant="light" p="xs" icon={<IconShieldLock />}>
            <Stack gap="xs">
              {barred.length > 0 &&
                t(`protected.${kind === 'stop' ? 'stop' : 'termination'}`, {
                  names: formatList(
                    barred.map(({ name }) => name),
                    i18n.language,
                  ),
                  count: barred.length,
                })}
              <Checkbox label={t('lift')} checked={lift ?? false} onChange={({ currentTarget }) => setLift(currentTarget.checked)} />
            </Stack>
          </Alert>
        )}
        {data?.typed && possible.length > 0 && (
          <TextInput
            label={t(targets.length > 1 ? 'typeCount' : 'typeName', { typed: data.typed })}
            value={typed}
            autoComplete="off"
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        )}
        <Group justify="flex-end" gap="xs">
          {onBack && (
            <Button variant="default" onClick={onBack}>
              {t('back')}
            </Button>
          )}
          <Button variant="default" onClick={onClose} data-autofocus={data?.typed ? true : undefined}>
            {t('shell:cancel')}
          </Button>
          {data && kind && (
            <Button
              loading={applying}
              disabled={outdated || possible.length === 0 || (data.typed !== undefined && typed.trim() !== data.typed)}
              color={dangerous ? 'red' : 'mooring'}
              onClick={() => void apply(data)}
              data-autofocus={data.typed ? undefined : true}
            >
              {t(`apply.${kind}`, { count: Math.max(1, possible.length) })}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}
