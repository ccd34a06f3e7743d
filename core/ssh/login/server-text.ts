import { stripVTControlCharacters } from 'node:util'

/**
 * What a server says, made fit to be shown as plain text: no control characters (an escape sequence in a banner would act on a
 * terminal), none that reorder what follows, and not endless.
 */
export function plainText(text: string, maxLength = 2_000): string {
  const plain = stripVTControlCharacters(text)
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim()
  return plain.length > maxLength ? `${plain.slice(0, maxLength)}…` : plain
}

/**
 * cloud-init's answer to a login as a user that it closed (`disable_root`): the user that it wants instead, `NONE` where the image
 * has no other.
 */
export function namedUser(text: string): string | undefined {
  const named = /please login as the user "([A-Za-z_][\w.-]{0,31})" rather than/i.exec(text)?.[1]
  return named === 'NONE' ? undefined : named
}
