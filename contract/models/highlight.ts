import { z } from 'zod'

export const highlightColours = ['red', 'yellow', 'green', 'cyan', 'blue', 'magenta'] as const

/** Words in the terminals' output that are drawn in a colour of the theme. */
export const highlightRule = z.object({
  /** One of ours by its name, or the person's own. */
  id: z.string().min(1).max(60),
  /** A regular expression; the case does not count. */
  pattern: z.string().max(500),
  colour: z.enum(highlightColours),
  on: z.boolean(),
})
export type HighlightRule = z.infer<typeof highlightRule>

export const ownRules = ['errors', 'warnings', 'addresses'] as const
export const defaultHighlights: HighlightRule[] = [
  {
    id: 'errors',
    pattern: String.raw`\b(errors?|fail(ed|ure|ures|s)?|fatal|critical|panic|exception|denied|refused|unreachable|segfault)\b`,
    colour: 'red',
    on: true,
  },
  { id: 'warnings', pattern: String.raw`\b(warn(ing|ings)?|deprecated|timed out|timeout|retry(ing)?)\b`, colour: 'yellow', on: true },
  {
    id: 'addresses',
    pattern: String.raw`\b(\d{1,3}\.){3}\d{1,3}(/\d{1,2}|:\d{1,5})?\b|\b([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}\b|\b([0-9a-f]{1,4}:){1,6}(:[0-9a-f]{1,4}){1,6}\b`,
    colour: 'cyan',
    on: true,
  },
]
