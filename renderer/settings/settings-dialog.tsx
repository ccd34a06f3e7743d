import { Modal, Tabs, TextInput } from '@mantine/core'
import {
  IconFileSettings,
  IconKey,
  IconKeyboard,
  IconLock,
  IconPalette,
  IconSearch,
  IconTerminal2,
  IconTypography,
} from '@tabler/icons-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { closeDialog, type Dialog, type SettingsPage } from '../app/actions.ts'
import { FilePage } from './file-page.tsx'
import { findSettings, say } from './find-settings.ts'
import { focusSetting } from './focus-setting.ts'
import { FoundSettings } from './found-settings.tsx'
import { KeysPage } from './keys-page.tsx'
import { LookPage } from './look-page.tsx'
import { SETTING_NAMESPACES, type SettingEntry } from './settings-index.ts'
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

/** The dialog gives the focus to its first field when it opens, a few frames after the page is there. */
const SETTLED_FRAMES = 12
/** Until the page that was chosen is there and has asked the core for what it shows. */
const MOST_FRAMES = 30

export function SettingsDialog({ dialog }: { readonly dialog: Extract<Dialog, { kind: 'settings' }> }) {
  const { t } = useTranslation(SETTING_NAMESPACES)
  const [page, setPage] = useState<SettingsPage>(dialog.page ?? 'look')
  const [written, setWritten] = useState('')
  const [wanted, setWanted] = useState(dialog.setting)
  const body = useRef<HTMLDivElement>(null)
  useWanted(body, wanted === undefined ? undefined : say(t as never, wanted), () => setWanted(undefined))
  function choose(entry: SettingEntry) {
    setWritten('')
    setPage(entry.page)
    setWanted(entry.name)
  }
  return (
    <Modal opened onClose={closeDialog} title={t('settings.title')} size="xl">
      <TextInput
        mb="sm"
        aria-label={t('shortcuts:settings.find')}
        placeholder={t('shortcuts:settings.find')}
        leftSection={<IconSearch size={16} />}
        value={written}
        onChange={(event) => setWritten(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = written.trim() === '' || event.key !== 'Enter' ? [] : findSettings(written, t as never)
          if (first) choose(first)
        }}
      />
      {written.trim() !== '' && <FoundSettings written={written} onChoose={choose} />}
      <Tabs
        ref={body}
        value={page}
        onChange={(value) => setPage(value as SettingsPage)}
        orientation="vertical"
        keepMounted={false}
        display={written.trim() === '' ? undefined : 'none'}
        styles={{ tabLabel: { textAlign: 'start' } }}
      >
        <Tabs.List miw={140} maw={200} mr="md" style={{ flex: 'none' }} aria-label={t('settings.title')}>
          {PAGES.map(({ page: each, Icon }) => (
            <Tabs.Tab key={each} value={each} leftSection={<Icon size={16} />}>
              {t(`settings.pages.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {PAGES.map(({ page: each, Page }) => (
          <Tabs.Panel key={each} value={each} h="min(470px, 65vh)" miw={0} style={{ overflow: 'auto' }}>
            <Page />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Modal>
  )
}

/** The setting of this name gets the focus as soon as its page is there, after the dialog has given it to its own first. */
function useWanted(body: RefObject<HTMLDivElement | null>, name: string | undefined, onDone: () => void): void {
  const done = useRef(onDone)
  done.current = onDone
  useEffect(() => {
    if (name === undefined) return
    let frames = 0
    let frame = requestAnimationFrame(function look() {
      const panels = [...(body.current?.querySelectorAll<HTMLElement>('[role=tabpanel]') ?? [])]
      const panel = panels.find((each) => each.checkVisibility())
      const settled = panel && focusSetting(panel, name)
      if (settled && frames >= SETTLED_FRAMES) return done.current()
      frames += 1
      if (frames < MOST_FRAMES) frame = requestAnimationFrame(look)
      else done.current()
    })
    return () => cancelAnimationFrame(frame)
  }, [body, name])
}
