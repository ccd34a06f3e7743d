import { ActionIcon, Alert, Button, Card, Group, Menu, Text, Title, Tooltip } from '@mantine/core'
import { modals } from '@mantine/modals'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AppAction, DeployedApp } from '../../contract/models/deploy.ts'
import type { Instance } from '../../contract/models/instance.ts'
import type { Target } from '../../contract/models/terminal.ts'
import { api } from '../api/client.ts'
import { attempt } from '../app/attempt.tsx'
import { AppLog } from './app-log.tsx'
import { ReachApp } from './reach-app.tsx'
import { releaseTime } from './release-time.ts'

interface Props {
  readonly app: DeployedApp
  readonly instance: Instance
  /** It is being deployed. */
  readonly busy: boolean
  onAgain(): void
  onChanged(): void
}

/** One project on the machine: what runs, from where, and what can be done with it. */
export function AppCard({ app, instance, busy, onAgain, onChanged }: Props) {
  const { t, i18n } = useTranslation(['deploy', 'shell'])
  const target: Target = { kind: 'instance', ref: instance.ref }
  const [acting, setActing] = useState(false)
  const [log, setLog] = useState(false)
  const { name, service, plan, current } = app
  const up = service === 'running' || service === 'starting'
  const commit = app.releases.find(({ id }) => id === current)?.commit
  const source = app.source.kind === 'git' ? app.source.address : app.source.path

  async function act(action: AppAction) {
    setActing(true)
    await attempt(() => api.deploy.act({ target, app: name, action }))
    setActing(false)
    onChanged()
  }
  const remove = () =>
    modals.openConfirmModal({
      title: t('app.removeTitle', { name }),
      children: <Text size="sm">{t('app.removeText')}</Text>,
      labels: { confirm: t('app.removeButton'), cancel: t('shell:cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => void act({ kind: 'remove' }),
    })
  const resume = () => void attempt(() => api.deploy.start({ target, wish: { kind: 'resume', app: name } }))

  return (
    <Card withBorder padding="sm" component="section" aria-label={name}>
      <Group gap="xs" wrap="nowrap" mb={4}>
        <Title order={3} size="h6" flex={1} lineClamp={1}>
          {name}
        </Title>
        <Text size="xs" c={service === 'running' ? 'var(--mooring-ok)' : service === 'failed' ? 'var(--mooring-bad)' : 'dimmed'}>
          {t(`app.${service}`)}
        </Text>
        <Menu position="bottom-end" width={230}>
          <Tooltip label={t('app.more', { name })}>
            <Menu.Target>
              <ActionIcon size="sm" aria-label={t('app.more', { name })} disabled={busy || acting}>
                <IconDots size={15} />
              </ActionIcon>
            </Menu.Target>
          </Tooltip>
          <Menu.Dropdown>
            <Menu.Item onClick={() => void act({ kind: 'restart' })} disabled={!current}>
              {t('app.restart')}
            </Menu.Item>
            {app.releases
              .filter(({ id }) => id !== current)
              .map(({ id, commit: older }) => (
                <Menu.Item key={id} onClick={() => void act({ kind: 'roll-back', release: id })}>
                  {t('app.rollBack', { release: [releaseTime(id, i18n.language), older?.slice(0, 7)].filter(Boolean).join(', ') })}
                </Menu.Item>
              ))}
            <Menu.Divider />
            <Menu.Item color="red" onClick={remove}>
              {t('app.remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </Group>
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {commit ? t('app.commit', { source, commit: commit.slice(0, 7) }) : source}
      </Text>
      <Text size="xs" c="dimmed" mb="xs">
        {[
          plan && t('app.port', { port: plan.port }),
          current && releaseTime(current, i18n.language),
          app.restarts > 0 && t('app.restarts', { count: app.restarts }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </Text>
      {app.unfinished && !busy && (
        <Alert color="yellow" variant="light" p="xs" mb="xs" role="alert">
          {t(current === app.unfinished.release ? 'app.unfinishedSwitched' : 'app.unfinished', { step: t(`step.${app.unfinished.step}`) })}
          <Group gap="xs" mt="xs">
            <Button size="compact-sm" onClick={resume}>
              {t('app.resume')}
            </Button>
            <Button size="compact-sm" variant="default" loading={acting} onClick={() => void act({ kind: 'undo' })}>
              {t('app.undo')}
            </Button>
          </Group>
        </Alert>
      )}
      {service === 'running' && app.listening !== 'everywhere' && (
        <Text size="xs" c="var(--mooring-warn)" mb="xs">
          {t(`app.${app.listening}`)}
        </Text>
      )}
      <Group gap={6}>
        <Button size="compact-sm" variant="default" disabled={busy || acting} onClick={onAgain}>
          {t('app.again')}
        </Button>
        {current && (
          <Button
            size="compact-sm"
            variant="default"
            loading={acting}
            disabled={busy}
            onClick={() => void act({ kind: up ? 'stop' : 'start' })}
          >
            {t(up ? 'app.stop' : 'app.start')}
          </Button>
        )}
        <Button size="compact-sm" variant="subtle" onClick={() => setLog(true)}>
          {t('app.log')}
        </Button>
      </Group>
      {plan && current && <ReachApp instance={instance} app={app} port={plan.port} />}
      {log && <AppLog target={target} name={name} onClose={() => setLog(false)} />}
    </Card>
  )
}
