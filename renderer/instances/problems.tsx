import { Stack } from '@mantine/core'
import { api } from '../api/client.ts'
import { useInventory } from '../api/live.ts'
import { attempt } from '../app/attempt.tsx'
import { ErrorMessage } from '../app/error-message.tsx'

/** Everything that kept instances from being listed, each with what to do. */
export function Problems() {
  const { profiles, regions } = useInventory()
  const again = (profile: string, region?: string) => void attempt(() => api.inventory.refresh({ profile, ...(region && { region }) }))
  return (
    <Stack gap="xs" p="sm" maw={640}>
      {profiles.map(({ profile, error }) => error && <ErrorMessage key={profile} error={error} onRetry={() => again(profile)} />)}
      {regions.map(
        ({ profile, region, error }) =>
          error && <ErrorMessage key={`${profile}/${region}`} error={error} onRetry={() => again(profile, region)} />,
      )}
    </Stack>
  )
}
