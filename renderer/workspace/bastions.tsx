import { Button } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { UserErrorDetails } from '../../contract/errors.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { chosenIn } from '../route/chosen.ts'
import type { RemoteTab } from './tabs.ts'
import { replaceTerminal } from './terminals.ts'

/** Neighbours of an instance that this computer cannot reach by itself: one click goes through one, now and the next time. */
export function Bastions({ tab, details }: { readonly tab: RemoteTab; readonly details: UserErrorDetails['INSTANCE_NO_ADDRESS'] }) {
  const { t } = useTranslation('ssh')
  async function goThrough(via: string) {
    const { target } = tab
    const plan = await attempt(() => api.reach.plan({ target }))
    if (!plan) return
    const choices = { ...chosenIn(plan), ...target.choices, via }
    await attempt(() => api.reach.choose({ target, choices }))
    await replaceTerminal(tab.key, { ...target, choices })
  }
  return (details.bastions ?? []).map(({ instanceId, name }) => (
    <Button
      key={instanceId}
      size="compact-sm"
      variant="light"
      leftSection={<IconRoute size={15} />}
      onClick={() => void goThrough(instanceId)}
    >
      {t('route.goThrough', { name })}
    </Button>
  ))
}
