import { z } from 'zod'

/** Text that is put into terminals again and again. `{{name}}` in it is asked for, `{{name=usual}}` with what it usually is. */
export const snippet = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(100),
  /** As `web/logs`; empty: at the top. */
  folder: z
    .string()
    .trim()
    .max(200)
    .regex(/^[^\p{Cc}]*$/u),
  text: z.string().min(1).max(20_000),
  /** Enter is pressed after it. */
  run: z.boolean(),
  /** As renderer/terminal/commands.ts writes keys: `ctrl+alt+KeyL`. */
  shortcut: z
    .string()
    .max(60)
    .regex(/^[\w+]+$/)
    .optional(),
})
export type Snippet = z.infer<typeof snippet>
export const snippets = z.array(snippet).max(2_000)

/** What an exported file holds. */
export const snippetFile = z.object({ mooringSnippets: z.literal(1), snippets: z.array(snippet.omit({ id: true })).max(2_000) })
