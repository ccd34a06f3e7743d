import { z } from 'zod'

const colour = z.string().regex(/^#[0-9a-f]{6}$/)

/** The sixteen colours of ECMA-48's SGR 30 to 37 and 90 to 97, in their order. */
export const paletteNames = [
  'black',
  'red',
  'green',
  'yellow',
  'blue',
  'magenta',
  'cyan',
  'white',
  'brightBlack',
  'brightRed',
  'brightGreen',
  'brightYellow',
  'brightBlue',
  'brightMagenta',
  'brightCyan',
  'brightWhite',
] as const

export const terminalTheme = z.object({
  id: z.string().min(1).max(120),
  name: z.string().trim().min(1).max(80),
  background: colour,
  foreground: colour,
  cursor: colour,
  selection: colour,
  palette: z.array(colour).length(paletteNames.length),
})
export type TerminalTheme = z.infer<typeof terminalTheme>

/** As CSS takes it, without what could end the declaration. */
export const fontFamily = z
  .string()
  .max(120)
  .regex(/^[\p{L}\p{N} ,'"_.-]*$/u)
export const fontSize = z.int().min(6).max(40)
export const cursorStyles = ['block', 'bar', 'underline'] as const

/** What a bookmark has of its own; the rest is as in the settings. */
export const bookmarkLook = z.object({
  theme: z.string().max(120).optional(),
  fontFamily: fontFamily.optional(),
  fontSize: fontSize.optional(),
  cursorStyle: z.enum(cursorStyles).optional(),
})
export type BookmarkLook = z.infer<typeof bookmarkLook>
