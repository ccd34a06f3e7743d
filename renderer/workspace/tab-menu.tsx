import { Menu } from '@mantine/core'
import {
  IconAppWindow,
  IconArrowBarToRight,
  IconCopyPlus,
  IconFileOff,
  IconFileText,
  IconKey,
  IconLayoutColumns,
  IconLayoutRows,
  IconPencil,
  IconPin,
  IconPinnedOff,
  IconPlayerRecord,
  IconPlugConnected,
  IconRestore,
  IconSquareX,
  IconUsersGroup,
  IconX,
} from '@tabler/icons-react'
import type { DockviewPanelApi } from 'dockview-react'
import { useTranslation } from 'react-i18next'
import { isMainWindow } from '../app-windows/here.ts'
import { Keys } from '../shortcuts/keys.tsx'
import { closeOthers, closeToTheRight } from './close-several.ts'
import { useClosed } from './closed.ts'
import { askInstallKey } from './install-key.tsx'
import { startLog, stopLog } from './log.ts'
import { startMultiExec, stopMultiExec, useMultiExec } from './multi-exec.ts'
import { duplicateTab, reopenClosed, splitTab } from './open.ts'
import { type Point, PointerMenu } from './pointer-menu.tsx'
import { startRecording, stopRecording, useRecording } from './recording.ts'
import { askName } from './rename-tab.tsx'
import { runInWorkspace } from './shortcuts.ts'
import { lookOf, pin } from './tab-look.ts'
import { isRemote, type Tab } from './tabs.ts'
import { reconnectTab } from './terminals.ts'

interface Props {
  readonly at: Point | undefined
  readonly api: DockviewPanelApi
  readonly tab: Tab
  onClose(): void
}

export function TabMenu({ at, api, tab, onClose }: Props) {
  const { t } = useTranslation(['workspace', 'ssh', 'snippets'])
  const recording = useRecording(({ key }) => key === tab.key)
  const multiExec = useMultiExec(({ on }) => on)
  const { pinned } = lookOf(api)
  const closed = useClosed(({ targets }) => targets.length)
  const phase = tab.terminal?.phase.kind ?? 'connecting'
  return (
    <PointerMenu at={at} label={t('tabMenu')} onClose={onClose}>
      <Menu.Item
        leftSection={<IconCopyPlus size={16} />}
        rightSection={<Keys of="duplicate-tab" />}
        onClick={() => void duplicateTab(tab.key)}
      >
        {t('duplicate')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconLayoutColumns size={16} />}
        rightSection={<Keys of="split-right" />}
        onClick={() => void splitTab(tab.key, 'right')}
      >
        {t('splitRight')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconLayoutRows size={16} />}
        rightSection={<Keys of="split-down" />}
        onClick={() => void splitTab(tab.key, 'below')}
      >
        {t('splitDown')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconAppWindow size={16} />}
        rightSection={<Keys of="own-window" />}
        onClick={() => {
          api.setActive()
          runInWorkspace('own-window')
        }}
      >
        {t(isMainWindow ? 'ownWindow.move' : 'ownWindow.back')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => askName(api)}>
        {t('rename.title')}
      </Menu.Item>
      <Menu.Item leftSection={pinned ? <IconPinnedOff size={16} /> : <IconPin size={16} />} onClick={() => pin(api, !pinned)}>
        {t(pinned ? 'unpin' : 'pin')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconPlugConnected size={16} />}
        disabled={phase === 'open' || phase === 'connecting'}
        onClick={() => void reconnectTab(tab.key)}
      >
        {t('reconnect')}
      </Menu.Item>
      {isRemote(tab) && (
        <Menu.Item leftSection={<IconKey size={16} />} disabled={phase !== 'open'} onClick={() => askInstallKey(tab)}>
          {t('ssh:installKey.open')}
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item leftSection={<IconUsersGroup size={16} />} onClick={multiExec ? stopMultiExec : startMultiExec}>
        {t(multiExec ? 'multiExec.stop' : 'multiExec.start')}
      </Menu.Item>
      <Menu.Item leftSection={<IconPlayerRecord size={16} />} onClick={() => (recording ? stopRecording() : startRecording(tab.key))}>
        {t(recording ? 'snippets:recording.stop' : 'snippets:recording.start')}
      </Menu.Item>
      {tab.terminal?.log ? (
        <Menu.Item leftSection={<IconFileOff size={16} />} onClick={() => void stopLog(tab.terminalId)}>
          {t('log.stop')}
        </Menu.Item>
      ) : (
        (['plain', 'raw'] as const).map((format) => (
          <Menu.Item
            key={format}
            leftSection={<IconFileText size={16} />}
            disabled={!tab.terminal}
            onClick={() => void startLog(tab.terminalId, format)}
          >
            {t(`log.${format}`)}
          </Menu.Item>
        ))
      )}
      <Menu.Divider />
      <Menu.Item leftSection={<IconX size={16} />} rightSection={<Keys of="close-tab" />} onClick={() => api.close()}>
        {t('close')}
      </Menu.Item>
      <Menu.Item leftSection={<IconSquareX size={16} />} onClick={() => closeOthers(api)}>
        {t('closeOthers')}
      </Menu.Item>
      <Menu.Item leftSection={<IconArrowBarToRight size={16} />} onClick={() => closeToTheRight(api)}>
        {t('closeRight')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconRestore size={16} />}
        rightSection={<Keys of="reopen-tab" />}
        disabled={closed === 0}
        onClick={() => void reopenClosed()}
      >
        {t('reopenClosed')}
      </Menu.Item>
    </PointerMenu>
  )
}
