import type { Bookmark } from '../../contract/models/bookmark.ts'

/** The colours are called as Mantine calls its own. */
export function colourVariable(colour: Bookmark['colour'] | undefined): string | undefined {
  return colour === undefined || colour === 'none' ? undefined : `var(--mantine-color-${colour}-filled)`
}
