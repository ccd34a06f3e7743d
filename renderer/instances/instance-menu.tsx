import { Menu } from '@mantine/core'
import {
  IconAdjustments,
  IconArrowsLeftRight,
  IconBookmarkPlus,
  IconCopy,
  IconDeviceDesktop,
  IconFolders,
  IconLifebuoy,
  IconPackages,
  IconPlayerPlay,
  IconPlayerStop,
  IconPlayerTrackNext,
  IconRefresh,
  IconTerminal2,
  IconTrash,
  type TablerIcon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Instance } from '../../contract/models/instance.ts'
import { openDialog, openTarget } from '../app/actions.ts'
import { openFleet } from '../fleet/wish.ts'
import { askRecover } from '../keyless/recover-dialog.tsx'
import { openMany } from '../many/wish.ts'
import { newTunnel } from '../tunnels/edit-tunnel.tsx'
import { able, act, bookmark, connect, copySshCommand } from './actions.tsx'
import { copy } from './copy.ts'

const ACTIONS: readonly { action: 'start' | 'stop' | 'reboot'; Icon: TablerIcon }[] = [
  { action: 'start', Icon: IconPlayerPlay },
  { action: 'stop', Icon: IconPlayerStop },
  { action: 'reboot', Icon: IconRefresh },
]

/** What can be done with one or several instances: the same in the list, the table and the details. */
export function InstanceMenu({ instances }: { readonly instances: readonly Instance[] }) {
  const { t } = useTranslation(['shell', 'tunnels', 'keyless', 'instance', 'many', 'fleet', 'windows'])
  const [first] = instances
  if (!first) return <Menu.Dropdown />
  const single = instances.length === 1
  const commandable = able(instances, 'stop').flatMap(({ windows, ref }) => (windows ? [] : [{ kind: 'instance' as const, ref }]))
  return (
    <Menu.Dropdown>
      <Menu.Item leftSection={<IconTerminal2 size={16} />} onClick={() => connect(instances)}>
        {t('actions.openTerminal', { count: instances.length })}
      </Menu.Item>
      {single && first.windows && (
        <Menu.Item leftSection={<IconDeviceDesktop size={16} />} onClick={() => openDialog({ kind: 'remote-desktop', target: first.ref })}>
          {t('windows:menu')}
        </Menu.Item>
      )}
      {single && (
        <Menu.Item
          leftSection={<IconFolders size={16} />}
          onClick={() => openTarget({ kind: 'instance', ref: first.ref, filesOnly: true })}
        >
          {t('actions.openFiles')}
        </Menu.Item>
      )}
      <Menu.Item leftSection={<IconPlayerTrackNext size={16} />} disabled={commandable.length === 0} onClick={() => openMany(commandable)}>
        {t('many:open')}
      </Menu.Item>
      <Menu.Item leftSection={<IconPackages size={16} />} onClick={() => openFleet(instances.map(({ ref }) => ref))}>
        {t('fleet:open')}
      </Menu.Item>
      {single && !first.windows && (
        <Menu.Item leftSection={<IconArrowsLeftRight size={16} />} onClick={() => newTunnel(first)}>
          {t('tunnels:new')}
        </Menu.Item>
      )}
      {single && !first.windows && first.state === 'running' && (
        <Menu.Item leftSection={<IconLifebuoy size={16} />} onClick={() => askRecover(first.ref)}>
          {t('keyless:recover.open')}
        </Menu.Item>
      )}
      <Menu.Divider />
      {ACTIONS.map(({ action, Icon }) => (
        <Menu.Item
          key={action}
          leftSection={<Icon size={16} />}
          disabled={able(instances, action).length === 0}
          onClick={() => act(instances, action)}
        >
          {t(`actions.${action}`)}
        </Menu.Item>
      ))}
      {single && (
        <Menu.Item
          leftSection={<IconAdjustments size={16} />}
          disabled={able([first], 'terminate').length === 0}
          onClick={() => openDialog({ kind: 'change-type', target: first.ref })}
        >
          {t('instance:type.menu')}
        </Menu.Item>
      )}
      <Menu.Item
        color="red"
        leftSection={<IconTrash size={16} />}
        disabled={able(instances, 'terminate').length === 0}
        onClick={() => act(instances, 'terminate')}
      >
        {t('instance:terminate')}
      </Menu.Item>
      <Menu.Divider />
      {single && <CopyItems instance={first} />}
      <Menu.Item leftSection={<IconBookmarkPlus size={16} />} onClick={() => void bookmark(instances)}>
        {t('actions.bookmark')}
      </Menu.Item>
    </Menu.Dropdown>
  )
}

function CopyItems({ instance }: { readonly instance: Instance }) {
  const { t } = useTranslation()
  const address = instance.publicAddress ?? instance.ipv6Address ?? instance.privateAddress
  return (
    <>
      <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void copy(instance.ref.instanceId)}>
        {t('actions.copyId')}
      </Menu.Item>
      <Menu.Item leftSection={<IconCopy size={16} />} disabled={!address} onClick={() => void copy(address)}>
        {t('actions.copyAddress')}
      </Menu.Item>
      <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void copySshCommand(instance)}>
        {t('actions.copySshCommand')}
      </Menu.Item>
    </>
  )
}
