import { toPaste } from './paste.ts'

/** What a person copies on purpose is smaller; a host that sends more means something else. */
const MOST_BASE64 = 1_000_000

/**
 * The text that a host wants on the clipboard (OSC 52: `c;<base64>`), without what could act as keys where it is pasted. A question for
 * what is on the clipboard (`?`) is never answered, and to empty it is nobody's business but the person's. Pure.
 */
export function readHostCopy(data: string): string | undefined {
  const base64 = /^[cpqs0-7]*;([A-Za-z0-9+/\s]+={0,2})$/.exec(data.length > MOST_BASE64 ? '' : data)?.[1]
  if (base64 === undefined) return undefined
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    return toPaste(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) || undefined
  } catch {
    // Neither base64 nor UTF-8.
    return undefined
  }
}
