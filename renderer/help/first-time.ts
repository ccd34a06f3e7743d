import { useEffect, useRef } from 'react'
import { useAppInfo, useLive, usePrompts, useSettings } from '../api/live.ts'
import { openDialog, useShell } from '../app/actions.ts'
import { useAllInstances } from '../instances/use-instances.ts'
import { change } from '../settings/change.ts'
import { withLaterWords } from '../words/words.ts'

/** Once, as soon as there is something to be shown around in: a newcomer without a profile has the first screen before it. */
export function useFirstTour(): void {
  const loaded = useLive((live) => live.settingsLoaded)
  const { tourDone } = useSettings()
  const something = useAllInstances().length > 0
  const busy = useShell((shell) => shell.dialog !== undefined)
  const asked = usePrompts().length > 0
  // The core has not yet heard that it was seen when it closes.
  const shown = useRef(false)
  const wanted = loaded && !tourDone && something && !busy && !asked
  useEffect(() => {
    if (!wanted || shown.current) return
    shown.current = true
    openDialog({ kind: 'tour' })
  }, [wanted])
}

/** After the version has changed, a quiet note says so, once. At the first start everything is new, and nothing is said. */
export function useNewsNote(): void {
  const loaded = useLive((live) => live.settingsLoaded)
  const { newsSeen } = useSettings()
  const version = useAppInfo()?.version
  useEffect(() => {
    if (!loaded || version === undefined || newsSeen === version) return
    change({ newsSeen: version })
    if (newsSeen !== '') void withLaterWords(import('./news-note.tsx')).then(({ showNewsNote }) => showNewsNote(version))
  }, [loaded, newsSeen, version])
}
