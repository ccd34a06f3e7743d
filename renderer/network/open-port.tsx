import { Button, Card, Group, NumberInput, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NetworkChange, SecurityGroup, WantedPeer } from '../../contract/models/network.ts'

interface Props {
  readonly groups: readonly SecurityGroup[]
  onChange(change: NetworkChange): void
}

/** The commonest wish in one step: what I run on 5000 shall be seen, by anyone or by me. */
export function OpenPort({ groups, onChange }: Props) {
  const { t } = useTranslation('network')
  const [port, setPort] = useState<number | string>(5000)
  const usable = typeof port === 'number' && port >= 1
  // The one that reaches the fewest others.
  const [group] = groups.toSorted((a, b) => a.sharedWith.length - b.sharedWith.length)
  function open(peer: WantedPeer) {
    if (!group || !usable) return
    const rule = { direction: 'inbound', protocol: 'tcp', fromPort: port, toPort: port, peer, description: '' } as const
    onChange({ kind: 'add', groupId: group.id, rule, end: 'keep' })
  }
  return (
    <Card withBorder padding="sm" component="section" aria-label={t('openPort.title')}>
      <Title order={3} size="h6" mb="xs">
        {t('openPort.title')}
      </Title>
      <Group gap={6}>
        <NumberInput
          size="xs"
          w={64}
          aria-label={t('openPort.port')}
          value={port}
          onChange={setPort}
          min={1}
          max={65_535}
          clampBehavior="strict"
          allowDecimal={false}
          hideControls
        />
        <Button size="xs" px="sm" disabled={!usable} onClick={() => open({ kind: 'anyone' })}>
          {t('openPort.anyone')}
        </Button>
        <Button size="xs" px="sm" variant="default" disabled={!usable} onClick={() => open({ kind: 'this-computer' })}>
          {t('openPort.me')}
        </Button>
      </Group>
    </Card>
  )
}
