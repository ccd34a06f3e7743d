import { useComputedColorScheme } from '@mantine/core'
import { useEffect } from 'react'
import { useBookmarks, useSettings } from '../api/live.ts'
import { bookmarkOf } from '../bookmarks/same-target.ts'
import { toAppearance } from '../terminal/look/appearance.ts'
import { useThemePreview } from '../terminal/look/preview.ts'
import { setAppearance } from './sessions.ts'

/** Every terminal looks as the settings and its bookmark say, or as the theme that is being looked at. */
export function useAppearance(): void {
  const settings = useSettings()
  const { bookmarks } = useBookmarks()
  const preview = useThemePreview(({ theme }) => theme)
  const scheme = useComputedColorScheme('dark', { getInitialValueInEffect: false })
  useEffect(
    () =>
      setAppearance((target) => {
        const look = bookmarkOf(bookmarks, target)?.look
        return toAppearance(settings, scheme, preview === undefined ? look : { ...look, theme: preview })
      }),
    [settings, bookmarks, preview, scheme],
  )
}
