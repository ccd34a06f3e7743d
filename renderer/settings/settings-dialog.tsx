import { Modal, Tabs } from '@mantine/core'
import { IconFileSettings, IconKey, IconKeyboard, IconLock, IconPalette, IconTerminal2, IconTypography } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { closeDialog, type Dialog } from '../app/actions.ts'
import { FilePage } from './file-page.tsx'
import { KeysPage } from './keys-page.tsx'
import { LookPage } from './look-page.tsx'
import { ShortcutsPage } from './shortcuts-page.tsx'
import { TerminalLookPage } from './terminal-look-page.tsx'
import { TerminalPage } from './terminal-page.tsx'
import { VaultPage } from './vault-page.tsx'

const PAGES = [
  { page: 'look', Icon: IconPalette, Page: LookPage },
  { page: 'terminal', Icon: IconTerminal2, Page: TerminalPage },
  { page: 'terminalLook', Icon: IconTypography, Page: TerminalLookPage },
  { page: 'shortcuts', Icon: IconKeyboard, Page: ShortcutsPage },
  { page: 'keys', Icon: IconKey, Page: KeysPage },
  { page: 'vault', Icon: IconLock, Page: VaultPage },
  { page: 'file', Icon: IconFileSettings, Page: FilePage },
] as const

export function SettingsDialog({ dialog }: { readonly dialog: Extract<Dialog, { kind: 'settings' }> }) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={closeDialog} title={t('settings.title')} size="xl">
      <Tabs defaultValue={dialog.page ?? 'look'} orientation="vertical" keepMounted={false} styles={{ tabLabel: { textAlign: 'start' } }}>
        <Tabs.List miw={140} maw={200} mr="md" style={{ flex: 'none' }} aria-label={t('settings.title')}>
          {PAGES.map(({ page, Icon }) => (
            <Tabs.Tab key={page} value={page} leftSection={<Icon size={16} />}>
              {t(`settings.pages.${page}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {PAGES.map(({ page, Page }) => (
          <Tabs.Panel key={page} value={page} h="min(470px, 65vh)" miw={0} style={{ overflow: 'auto' }}>
            <Page />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Modal>
  )
}
