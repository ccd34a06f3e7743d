import type { Terminal } from '@xterm/xterm'

/** A screen of 2,560 by 1,600; a larger one is left out. */
const MOST_PIXELS = 4_100_000
/** Megabytes, decoded, of one terminal: the oldest go first. */
const STORED = 48
/** Of one picture, as it is sent. */
const MOST_BYTES = 8_000_000

/** Sixel and iTerm2's pictures, loaded with the first one. It answers no questions about sizes. */
export async function addPictures(terminal: Terminal): Promise<void> {
  const { ImageAddon } = await import('@xterm/addon-image')
  terminal.loadAddon(
    new ImageAddon({
      enableSizeReports: false,
      pixelLimit: MOST_PIXELS,
      storageLimit: STORED,
      sixelSizeLimit: MOST_BYTES,
      iipSizeLimit: MOST_BYTES,
    }),
  )
}
