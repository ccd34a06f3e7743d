import { Button, Group, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeployedApp, OutsideLook } from '../../contract/models/deploy.ts'
import type { Instance } from '../../contract/models/instance.ts'
import type { NetworkChange, WantedPeer } from '../../contract/models/network.ts'
import { api, query, toUserError } from '../api/client.ts'
import { useTunnels } from '../api/live.ts'
import { setRoom } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { ErrorMessage } from '../app/error-message.tsx'
import { label } from '../instances/actions.tsx'
import { ChangeDialog } from '../network/change-dialog.tsx'

interface Props {
  readonly instance: Instance
  readonly app: DeployedApp
  readonly port: number
}

/** Nobody but a tunnel of this computer's, this computer, or anyone; and whether that came true. */
export function ReachApp({ instance, app, port }: Props) {
  const { t } = useTranslation('deploy')
  const tunnels = useTunnels()
  const target = { kind: 'instance', ref: instance.ref } as const
  const { data: network } = useQuery(query.network.instance.queryOptions({ input: { ref: instance.ref }, enabled: false }))
  const [change, setChange] = useState<NetworkChange | undefined>()
  const look = useMutation({ mutationFn: () => api.deploy.look({ target, port }) })
  const { data: found, error, isPending } = look

  async function tunnel() {
    const existing = tunnels.find(
      ({ target: other, forward }) =>
        other.kind === 'instance' &&
        other.ref.instanceId === instance.ref.instanceId &&
        forward.kind === 'local' &&
        forward.toPort === port,
    )
    await attempt(async () => {
      const forward = { kind: 'local', bindAddress: '127.0.0.1', bindPort: port, toHost: '127.0.0.1', toPort: port } as const
      const fresh = { name: `${app.name}, ${label(instance)}`, target, forward, exposed: false, startWithApp: false }
      const { id } = existing ?? (await api.tunnels.save(fresh))
      await api.tunnels.start({ id })
      setRoom('tunnels')
    })
  }
  async function open(peer: WantedPeer) {
    const groups = network?.groups ?? (await attempt(() => api.network.instance({ ref: instance.ref })))?.groups ?? []
    // The one that reaches the fewest others.
    const [group] = groups.toSorted((a, b) => a.sharedWith.length - b.sharedWith.length)
    if (!group) return
    const rule = { direction: 'inbound', protocol: 'tcp', fromPort: port, toPort: port, peer, description: app.name } as const
    setChange({ kind: 'add', groupId: group.id, rule, end: 'keep' })
  }
  return (
    <section aria-label={t('reach.title')}>
      <Text size="xs" c="dimmed" mt="sm" mb={4}>
        {t('reach.title')}
      </Text>
      <Group gap={6}>
        <Button size="compact-sm" variant="default" onClick={() => void tunnel()}>
          {t('reach.tunnel')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => void open({ kind: 'this-computer' })}>
          {t('reach.me')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => void open({ kind: 'anyone' })}>
          {t('reach.anyone')}
        </Button>
        <Button size="compact-sm" variant="subtle" loading={isPending} onClick={() => look.mutate()}>
          {t('reach.outside')}
        </Button>
      </Group>
      {error && <ErrorMessage error={toUserError(error)} onRetry={() => look.mutate()} />}
      {found && !isPending && <Found look={found} />}
      {change && <ChangeDialog target={instance.ref} change={change} onClose={() => setChange(undefined)} onDone={() => look.mutate()} />}
    </section>
  )
}

function Found({ look }: { readonly look: OutsideLook }) {
  const { t } = useTranslation('deploy')
  const sentence =
    look.kind === 'answers'
      ? t('reach.answers', { url: look.url, status: look.status })
      : look.kind === 'fails'
        ? t(`reach.${look.because}`, { url: look.url })
        : t('reach.no-address')
  return (
    <Text size="sm" mt="xs" role="status" c={look.kind === 'answers' ? 'var(--mooring-ok)' : 'var(--mooring-warn)'}>
      {sentence}
    </Text>
  )
}
