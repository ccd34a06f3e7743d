import { z } from 'zod'

/** A window of the app, which the page that is in it names. */
export const windowId = z.string().regex(/^[\w-]{1,64}$/)
/** The one with the lists. Every other has tabs and nothing else. */
export const MAIN_WINDOW = 'main'

/** Device-independent pixels: the corner of the window, absent where the system is to say, and the size of the page in it. */
export const windowPlace = z.object({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().min(1).max(20_000),
  height: z.int().min(1).max(20_000),
})
export type WindowPlace = z.infer<typeof windowPlace>
