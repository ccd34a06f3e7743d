import { ActionIcon, Button, EmptyState, Group, Menu, ScrollArea, Stack, Tabs, Text, Title, Tooltip } from '@mantine/core'
import { IconDeviceDesktop, IconDots, IconPointer, IconTerminal2 } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import { refKey, useInstance } from '../api/instances.ts'
import { detailsTabs, openDialog, setDetailsTab, useShell } from '../app/actions.ts'
import { LastBackupCard } from '../backups/last-backup.tsx'
import { DeployTab } from '../deploy/deploy-tab.tsx'
import { AlertMark, AlertNote } from '../health/alert.tsx'
import { HealthTab } from '../health/health-tab.tsx'
import { connect, label } from '../instances/actions.tsx'
import { InstanceMenu } from '../instances/instance-menu.tsx'
import { StateDot } from '../instances/state-dot.tsx'
import { ConsoleTab } from '../keyless/console-tab.tsx'
import { NetworkTab } from '../network/network-tab.tsx'
import { UpdatesTab } from '../updates/updates-tab.tsx'
import classes from './details.module.css'
import { Overview } from './overview.tsx'
import { ReachSection } from './reach-section.tsx'
import { TabStrip } from './tab-strip.tsx'
import { Tags } from './tags.tsx'

const BackupsTab = lazy(async () => ({ default: (await import('../backups/backups-tab.tsx')).BackupsTab }))

/** What is known of the selected instance, and how it would be reached. Later rooms add their tabs here. */
export function DetailsPanel() {
  const { t } = useTranslation(['shell', 'health', 'network', 'backups', 'updates', 'deploy', 'keyless'])
  const instance = useInstance(useShell((shell) => shell.selectedInstance))
  const tab = useShell((shell) => shell.detailsTab)
  if (!instance) return <EmptyState size="sm" mt="xl" px="md" icon={<IconPointer />} description={t('details.none')} />
  return (
    <>
      <Heading instance={instance} />
      <Tabs
        className={classes.tabs ?? ''}
        value={tab}
        onChange={(value) => setDetailsTab(detailsTabs.find((each) => each === value) ?? 'overview')}
        keepMounted={false}
      >
        <TabStrip value={tab}>
          <Tabs.Tab value="overview">{t('details.overview')}</Tabs.Tab>
          <Tabs.Tab value="health" {...(instance.alert ? { rightSection: <AlertMark alert={instance.alert} /> } : {})}>
            {t('health:title')}
          </Tabs.Tab>
          <Tabs.Tab value="network">{t('network:title')}</Tabs.Tab>
          <Tabs.Tab value="backups">{t('backups:title')}</Tabs.Tab>
          <Tabs.Tab value="updates">{t('updates:title')}</Tabs.Tab>
          <Tabs.Tab value="deploy">{t('deploy:title')}</Tabs.Tab>
          <Tabs.Tab value="console">{t('keyless:console.title')}</Tabs.Tab>
        </TabStrip>
        <ScrollArea flex={1} type="auto" scrollbarSize={8}>
          <Tabs.Panel value="overview">
            <Stack gap="md" p="sm">
              <AlertNote alert={instance.alert} />
              <ReachSection instance={instance} />
              <LastBackupCard instance={instance} />
              <Overview instance={instance} />
              <Tags instance={instance} />
            </Stack>
          </Tabs.Panel>
          <Tabs.Panel value="health">
            <HealthTab key={refKey(instance.ref)} instance={instance} />
          </Tabs.Panel>
          <Tabs.Panel value="network">
            <NetworkTab key={refKey(instance.ref)} instance={instance} />
          </Tabs.Panel>
          <Tabs.Panel value="backups">
            <Suspense>
              <BackupsTab key={refKey(instance.ref)} instance={instance} />
            </Suspense>
          </Tabs.Panel>
          <Tabs.Panel value="updates">
            <UpdatesTab key={refKey(instance.ref)} instance={instance} />
          </Tabs.Panel>
          <Tabs.Panel value="deploy">
            <DeployTab key={refKey(instance.ref)} instance={instance} />
          </Tabs.Panel>
          <Tabs.Panel value="console">
            <ConsoleTab key={refKey(instance.ref)} instance={instance} />
          </Tabs.Panel>
        </ScrollArea>
      </Tabs>
    </>
  )
}

function Heading({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation(['shell', 'windows'])
  return (
    <Stack gap="xs" p="sm">
      <Group gap="xs" wrap="nowrap">
        <Title order={2} size="h5" lineClamp={1} flex={1}>
          {label(instance)}
        </Title>
        <StateDot state={instance.state} />
        <Text size="xs" c="dimmed">
          {t(`states.${instance.state}`)}
        </Text>
        <Menu position="bottom-end" width={230}>
          <Tooltip label={t('actions.more')}>
            <Menu.Target>
              <ActionIcon aria-label={t('actions.more')}>
                <IconDots size={17} />
              </ActionIcon>
            </Menu.Target>
          </Tooltip>
          <InstanceMenu instances={[instance]} />
        </Menu>
      </Group>
      <Button size="xs" leftSection={<IconTerminal2 size={16} />} onClick={() => connect([instance])}>
        {t('details.connect')}
      </Button>
      {instance.windows && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDeviceDesktop size={16} />}
          onClick={() => openDialog({ kind: 'remote-desktop', target: instance.ref })}
        >
          {t('windows:menu')}
        </Button>
      )}
    </Stack>
  )
}
