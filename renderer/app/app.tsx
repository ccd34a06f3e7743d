import { useMantineColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import { refKey } from '../api/instances.ts'
import { useSettings, useTerminal } from '../api/live.ts'
import { isMainWindow } from '../app-windows/here.ts'
import { useChangeNotices } from '../changes/notices.tsx'
import { SearchBox } from '../commands/search-box.tsx'
import { useAppShortcuts } from '../commands/use-app-shortcuts.ts'
import { useFirstTour, useNewsNote } from '../help/first-time.ts'
import { Prompts } from '../prompts/prompts.tsx'
import { StatusBar } from '../status-bar/status-bar.tsx'
import { TransfersPanel } from '../transfers/transfers-panel.tsx'
import { useFinishedTransfers } from '../transfers/use-finished.ts'
import { languageOf, speak } from '../words/words.ts'
import { useFullScreen } from '../workspace/full-screen.ts'
import { selectInstance, useShell } from './actions.ts'
import classes from './app.module.css'
import { ConnectionBanner } from './connection-banner.tsx'
import { Dialogs } from './dialogs.tsx'
import { Frame } from './frame.tsx'
import { Work } from './panes.tsx'
import { Rail } from './rail.tsx'
import { useStartProblems } from './start-problems.ts'
import { TitleBar } from './title-bar.tsx'

export function App() {
  useTheme()
  useLanguage()
  useSelectedWithTab()
  useAppShortcuts()
  const fullScreen = useFullScreen(({ key }) => key !== undefined)
  return (
    <div className={classes.app} data-full-screen={fullScreen || undefined}>
      {isMainWindow && <TitleBar />}
      <ConnectionBanner />
      <div className={classes.body}>
        {isMainWindow && <Rail />}
        {isMainWindow ? <Frame /> : <Work />}
      </div>
      <TransfersPanel />
      <StatusBar />
      {isMainWindow && <Notices />}
      <Dialogs />
      <Prompts />
      <SearchBox />
    </div>
  )
}

/** What is told without being asked for is told once, whichever windows there are. */
function Notices() {
  useStartProblems()
  useFinishedTransfers()
  useChangeNotices()
  useFirstTour()
  useNewsNote()
  return undefined
}

/** The details are about the machine whose terminal is in front. */
function useSelectedWithTab(): void {
  const active = useTerminal(useShell((shell) => shell.activeTerminalId))
  const target = active?.target
  const key = target?.kind === 'instance' ? refKey(target.ref) : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: every state of the terminal brings a new object of the same target.
  useEffect(() => {
    if (target?.kind === 'instance') selectInstance(target.ref)
  }, [key])
}

function useTheme(): void {
  const { theme } = useSettings()
  const { setColorScheme } = useMantineColorScheme()
  useEffect(() => setColorScheme(theme === 'system' ? 'auto' : theme), [theme, setColorScheme])
}

function useLanguage(): void {
  const { language } = useSettings()
  useEffect(() => {
    const chosen = languageOf(language)
    document.documentElement.lang = chosen
    void speak(chosen)
  }, [language])
}
