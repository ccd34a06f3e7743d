import type { Settings } from '../../contract/models/settings.ts'
import type { Snippet } from '../../contract/models/snippet.ts'
import { belongsToShell, chord } from './chord.ts'
import { type CommandId, commandIds, definitionOf } from './commands.ts'

/** What the person has chosen: the keys of a command by its id; none for one that is to have none. Absent: the usual ones. */
type Chosen = Settings['shortcuts']

export function keysOf(id: CommandId, chosen: Chosen, mac: boolean): readonly string[] {
  return chosen[id] ?? usualKeys(id, mac)
}

export function usualKeys(id: CommandId, mac: boolean): readonly string[] {
  const { both = [], other = [], mac: macs = [] } = definitionOf(id)
  return [...(mac ? macs : other), ...both]
}

export function commandWith(keys: string, chosen: Chosen, mac: boolean): CommandId | undefined {
  return commandIds.find((id) => keysOf(id, chosen, mac).includes(keys))
}

type Press = Parameters<typeof chord>[0]

/**
 * The command that a key press is. Where somebody writes, a terminal above all, keys that shells live by are not the app's, whatever
 * the settings say.
 */
export function pressedCommand(press: Press, chosen: Chosen, mac: boolean, writing: boolean): CommandId | undefined {
  const keys = chord(press)
  return writing && (belongsToShell(keys) || HELP_OF_PROGRAMS.test(keys)) ? undefined : commandWith(keys, chosen, mac)
}

/** htop, mc and many more have their own help there. */
const HELP_OF_PROGRAMS = /^F1$/

/** Why keys cannot simply be given to a command: the shell's for good; another's until they are taken over. */
export type Clash =
  | { readonly kind: 'shell' }
  | { readonly kind: 'command'; readonly id: CommandId }
  | { readonly kind: 'snippet'; readonly snippet: Snippet }

export function clashOf(keys: string, id: CommandId, chosen: Chosen, snippets: readonly Snippet[], mac: boolean): Clash | undefined {
  if (belongsToShell(keys)) return { kind: 'shell' }
  const command = commandWith(keys, chosen, mac)
  if (command !== undefined && command !== id) return { kind: 'command', id: command }
  const snippet = snippets.find(({ shortcut }) => shortcut === keys)
  return snippet && { kind: 'snippet', snippet }
}

/** With these keys for one command, and for none besides. */
export function withKeys(chosen: Chosen, id: CommandId, keys: string, mac: boolean): Chosen {
  const holder = commandWith(keys, chosen, mac)
  const taken = holder && holder !== id ? { [holder]: keysOf(holder, chosen, mac).filter((each) => each !== keys) } : {}
  return { ...chosen, ...taken, [id]: [keys, ...keysOf(id, chosen, mac).filter((each) => each !== keys)].slice(0, 4) }
}

/** As at first, except for keys that another command was given meanwhile. */
export function withUsualKeys(chosen: Chosen, id: CommandId, mac: boolean): Chosen {
  const { [id]: _, ...others } = chosen
  const free = usualKeys(id, mac).filter((keys) => [undefined, id].includes(commandWith(keys, others, mac)))
  const lost = usualKeys(id, mac).filter((keys) => Object.entries(others).some(([other, theirs]) => other !== id && theirs.includes(keys)))
  return lost.length === 0 ? others : { ...others, [id]: free.filter((keys) => !lost.includes(keys)) }
}
