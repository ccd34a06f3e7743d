import { Stack } from '@mantine/core'
import type { Instance } from '../../contract/models/instance.ts'
import { ChecksCard } from './checks-card.tsx'
import { IdleLine } from './idle-line.tsx'
import { MetricsCard } from './metrics-card.tsx'

/** How an instance is doing, as AWS sees it from outside. */
export function HealthTab({ instance }: { readonly instance: Instance }) {
  return (
    <Stack gap="md" p="sm">
      <ChecksCard instance={instance} />
      {instance.state === 'running' && <IdleLine of={instance.ref} />}
      <MetricsCard instance={instance} />
    </Stack>
  )
}
