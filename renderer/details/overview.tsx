import { Button, Card, Group, Skeleton, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Protection } from '../../contract/models/change.ts'
import type { Instance } from '../../contract/models/instance.ts'
import { type Detail, detailSection, type InstanceDetails } from '../../contract/models/instance-details.ts'
import { askedAgainWhen } from '../api/asked-again.ts'
import { query, toUserError } from '../api/client.ts'
import { useChanges } from '../api/live.ts'
import { ErrorMessage } from '../app/error-message.tsx'
import { useDelayed } from '../app/use-delayed.ts'
import { change } from '../instances/actions.tsx'
import { PriceLine } from '../prices/price-line.tsx'
import { formatDateTime } from '../words/formats.ts'
import { CopyList } from './copy-list.tsx'

/** Everything that AWS tells of an instance, asked again when its state or one of our changes makes it another. */
export function Overview({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation('instance')
  const done = useChanges().filter(({ over }) => over).length
  const options = query.instances.details.queryOptions({ input: { ref: instance.ref } })
  const { data, error, refetch } = useQuery({
    ...askedAgainWhen(options, instance.state, instance.publicAddress, instance.type, done),
    // Of the same instance only.
    placeholderData: (before, previous) =>
      JSON.stringify(previous?.queryKey.slice(0, 2)) === JSON.stringify(options.queryKey.slice(0, 2)) ? before : undefined,
  })
  const late = useDelayed(!data && !error)
  if (error) return <ErrorMessage error={toUserError(error)} instance={instance.ref} onRetry={() => void refetch()} />
  if (!data) return late && <Skeleton height={240} role="status" aria-label={t('loading')} />
  return (
    <Stack gap="md">
      {detailSection.options.map((section) => (
        <Section key={section} section={section} details={data} instance={instance} />
      ))}
    </Stack>
  )
}

interface SectionProps {
  readonly section: Detail['section']
  readonly details: InstanceDetails
  readonly instance: Instance
}

function Section({ section, details: { details, protectedFrom }, instance }: SectionProps) {
  const { t, i18n } = useTranslation(['instance', 'shell'])
  const items = details.filter((each) => each.section === section)
  const words = ({ code, value, time }: Detail) => {
    if (code === 'state') return t(`shell:states.${instance.state}`)
    if (time) return formatDateTime(value, i18n.language)
    return value === 'yes' || value === 'no' ? t(`value.${value}`) : value
  }
  const own =
    section === 'machine'
      ? ([
          [t('detail.id'), instance.ref.instanceId],
          [t('detail.profile'), instance.ref.profile],
        ] as const)
      : []
  if (items.length + own.length === 0) return undefined
  return (
    <Card withBorder padding="sm" component="section" aria-label={t(`section.${section}`)}>
      <Title order={3} size="h6" mb="xs">
        {t(`section.${section}`)}
      </Title>
      <CopyList items={[...own, ...items.map((each) => [t(`detail.${each.code}`), words(each)] as const)]} />
      {section === 'machine' && <PriceLine wish={{ kind: 'instance', ref: instance.ref }} asOf={instance.type} />}
      {section === 'limits' && (
        <Group gap="xs" mt="xs">
          {(['termination', 'stop'] as const).map((what) => (
            <ProtectionButton key={what} what={what} on={protectedFrom[what]} instance={instance} />
          ))}
        </Group>
      )}
    </Card>
  )
}

function ProtectionButton({
  what,
  on,
  instance,
}: {
  readonly what: Protection
  readonly on: boolean | undefined
  readonly instance: Instance
}) {
  const { t } = useTranslation('instance')
  if (on === undefined) return undefined
  return (
    <Button size="compact-xs" variant="default" onClick={() => change([instance], { kind: 'protect', what, on: !on })}>
      {t(`${on ? 'unprotect' : 'protect'}.${what}`)}
    </Button>
  )
}
