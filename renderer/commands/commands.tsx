import i18next from 'i18next'
import { useTranslation } from 'react-i18next'
import { api } from '../api/client.ts'
import { usePractice, useSettings, useSnippets } from '../api/live.ts'
import { openDialog, settingsPages, useShell } from '../app/actions.ts'
import { attempt } from '../app/attempt.tsx'
import { change } from '../settings/change.ts'
import { say } from '../settings/find-settings.ts'
import { SETTING_NAMESPACES, settingsIndex } from '../settings/settings-index.ts'
import { commandIds, commands, isTerminalCommand, NAMESPACES } from '../shortcuts/commands.ts'
import { keysOf } from '../shortcuts/shortcuts.ts'
import { insertSnippet } from '../snippets/insert.tsx'
import { isMac } from '../workspace/platform.ts'
import { useInstanceCommands } from './instance-commands.ts'
import { runCommand } from './run-command.ts'

export interface Command {
  readonly words: string
  /** What else finds it: its English name, for whoever knows that from elsewhere. */
  readonly english?: string
  /** As the settings keep them. */
  readonly keys?: string | undefined
  /** Only for whoever writes something: too many to be shown to all. */
  readonly onlyFound?: true
  run(): void
}

/** Everything that can be done from where one is: what needs a terminal only while one is in front. */
export function useCommands(): readonly Command[] {
  return [...useNamed(), ...useSnippetCommands(), ...useInstanceCommands(), ...useChoices(), ...useSettingCommands()]
}

/** Those that can have keys. */
function useNamed(): readonly Command[] {
  const { t } = useTranslation(NAMESPACES)
  const { shortcuts } = useSettings()
  const inFront = useShell((shell) => shell.activeTerminalId !== undefined)
  const english = i18next.getFixedT('en')
  return commandIds
    .filter((id) => id !== 'palette' && (inFront || !isTerminalCommand(id)))
    .map((id) => ({
      words: t(commands[id].name),
      english: english(commands[id].name as 'settings.title'),
      keys: keysOf(id, shortcuts, isMac)[0],
      run: () => runCommand(id),
    }))
}

function useSnippetCommands(): readonly Command[] {
  const { t } = useTranslation('snippets')
  const snippets = useSnippets()
  const inFront = useShell((shell) => shell.activeTerminalId !== undefined)
  if (!inFront) return []
  return snippets.map((snippet) => ({
    words: t('command', { name: snippet.name }),
    keys: snippet.shortcut,
    run: () => insertSnippet(snippet),
  }))
}

function useSettingCommands(): readonly Command[] {
  const { t } = useTranslation(SETTING_NAMESPACES)
  const english = i18next.getFixedT('en')
  return settingsIndex
    .filter(({ name, page }) => name !== `settings.pages.${page}`)
    .map(({ name, page }) => ({
      words: `${t('settings.title')}: ${say(t as never, name)}`,
      english: say(english as never, name),
      onlyFound: true,
      run: () => openDialog({ kind: 'settings', page, setting: name }),
    }))
}

function useChoices(): readonly Command[] {
  const { t } = useTranslation(['shell', 'shortcuts'])
  const practice = usePractice()
  return [
    practice.kind === 'on'
      ? { words: t('profiles.practice.stop'), run: () => void attempt(() => api.app.practice.stop()) }
      : { words: t('profiles.practice.start'), run: () => void attempt(() => api.app.practice.start()) },
    ...settingsPages.map((page) => ({
      words: `${t('settings.title')}: ${t(`settings.pages.${page}`)}`,
      run: () => openDialog({ kind: 'settings', page }),
    })),
    ...(['system', 'en', 'es'] as const).map((language) => ({
      words: `${t('settings.language')}: ${t(`settings.languages.${language}`)}`,
      run: () => change({ language }),
    })),
  ]
}
