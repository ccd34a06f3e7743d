import { Menu } from '@mantine/core'
import {
  IconArrowBarBoth,
  IconClipboard,
  IconCode,
  IconCopy,
  IconEraser,
  IconHistory,
  IconPalette,
  IconPrinter,
  IconSearch,
  IconSelectAll,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { openDialog } from '../app/actions.ts'
import { Keys } from '../shortcuts/keys.tsx'
import { copySelection, pasteClipboard } from '../terminal/clipboard.ts'
import { copyRich, print } from '../terminal/rich-text.ts'
import type { Session } from '../terminal/session.ts'
import { type Point, PointerMenu } from './pointer-menu.tsx'
import { setSearching } from './searching.ts'
import { machineName } from './tab-name.ts'
import type { Tab } from './tabs.ts'

interface ScreenMenuProps {
  readonly at: Point | undefined
  readonly tab: Tab
  readonly session: Session
  onClose(): void
}

export function ScreenMenu({ at, tab, session, onClose }: ScreenMenuProps) {
  const { t } = useTranslation(['workspace', 'snippets'])
  const { terminal } = session
  const row = at && rowAt(session, at.y)
  return (
    <PointerMenu at={at} label={t('screenMenu')} onClose={onClose}>
      <Menu.Item
        leftSection={<IconCopy size={16} />}
        rightSection={<Keys of="copy" />}
        disabled={!terminal.hasSelection()}
        onClick={() => void copySelection(session)}
      >
        {t('copy')}
      </Menu.Item>
      <Menu.Item leftSection={<IconPalette size={16} />} disabled={!terminal.hasSelection()} onClick={() => void copyRich(session)}>
        {t('copyRich')}
      </Menu.Item>
      <Menu.Item leftSection={<IconClipboard size={16} />} rightSection={<Keys of="paste" />} onClick={() => void pasteClipboard(session)}>
        {t('pasteClipboard')}
      </Menu.Item>
      <Menu.Item leftSection={<IconSelectAll size={16} />} onClick={() => terminal.selectAll()}>
        {t('selectAll')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowBarBoth size={16} />}
        rightSection={<Keys of="select-output" />}
        disabled={!session.marks.any}
        onClick={() => session.marks.selectOutput(row)}
      >
        {t('command.selectOutput')}
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconCode size={16} />}
        rightSection={<Keys of="snippets" />}
        onClick={() => openDialog({ kind: 'snippets' })}
      >
        {t('snippets:open')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconHistory size={16} />}
        rightSection={<Keys of="history" />}
        onClick={() => openDialog({ kind: 'history' })}
      >
        {t('snippets:history.open')}
      </Menu.Item>
      <Menu.Item leftSection={<IconSearch size={16} />} rightSection={<Keys of="search" />} onClick={() => setSearching(tab.key, true)}>
        {t('search.title')}
      </Menu.Item>
      <Menu.Item leftSection={<IconEraser size={16} />} onClick={() => terminal.clear()}>
        {t('clear')}
      </Menu.Item>
      <Menu.Item leftSection={<IconPrinter size={16} />} onClick={() => void print(session, machineName(tab))}>
        {t('print')}
      </Menu.Item>
    </PointerMenu>
  )
}

/** Counted from the top of the scrollback. */
function rowAt({ terminal }: Session, y: number): number | undefined {
  const screen = terminal.element?.querySelector('.xterm-screen')?.getBoundingClientRect()
  return screen && terminal.buffer.active.viewportY + Math.floor(((y - screen.top) / screen.height) * terminal.rows)
}
