import type { FileListing } from '../../contract/models/file.ts'
import { isPlainName } from '../../contract/models/file.ts'
import { shownName } from '../../contract/shown-name.ts'
import { isFolder } from './order.ts'
import { joinPath, typedPath } from './paths.ts'

export interface Choice {
  /** As the host has it. */
  readonly path: string
  /** Readable, whatever the host has. */
  readonly shown: string
  /** What is typed instead; undefined for a name that cannot be typed, which is gone to as it is. */
  readonly text: string | undefined
}

/** What was typed, as a folder and the beginning of a name in it. Pure. */
export function splitTyped(typed: string, here: string): { readonly folder: string; readonly before: string; readonly start: string } {
  const slash = typed.lastIndexOf('/')
  const before = typed.slice(0, slash + 1)
  const folder = before === '' ? here : typedPath(before.replace(/\/+$/, '') || '/', here)
  return { folder, before, start: typed.slice(slash + 1) }
}

const MOST_CHOICES = 50

/** The folders of a listing that go on as the typed name begins; those whose case is the same first. Hidden ones when a dot was typed. */
export function choicesOf({ path, entries }: FileListing, { before, start }: ReturnType<typeof splitTyped>): readonly Choice[] {
  const wanted = start.toLowerCase()
  return entries
    .filter((entry) => isFolder(entry) && isPlainName(entry.name) && (start.startsWith('.') || !entry.name.startsWith('.')))
    .filter(({ name }) => shownName(name).toLowerCase().startsWith(wanted))
    .sort(
      (one, other) => Number(other.name.startsWith(start)) - Number(one.name.startsWith(start)) || collator.compare(one.name, other.name),
    )
    .slice(0, MOST_CHOICES)
    .map(({ name }) => {
      const shown = shownName(name)
      return { path: joinPath(path, name), shown, text: shown === name ? `${before}${name}/` : undefined }
    })
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** What Tab makes of it, as in a shell: what all choices have in common; undefined when that is nothing more. Pure. */
export function completed(typed: string, choices: readonly Choice[]): string | undefined {
  const texts = choices.map(({ text }) => text)
  const [first] = texts
  if (first === undefined || texts.some((text) => text === undefined)) return undefined
  if (texts.length === 1) return first === typed ? undefined : first
  let common = first
  for (const text of texts as string[]) while (!text.toLowerCase().startsWith(common.toLowerCase())) common = common.slice(0, -1)
  return common.length > typed.length ? common : undefined
}
