/**
 * What a server says, made fit to be shown as plain text: no control characters (an escape sequence in a banner would act on a
 * terminal), none that reorder what follows, and not endless.
 */
export function plainText(text: string, maxLength = 2_000): string {
  const plain = text
    .replace(/\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)?|\x1b[@-_]/g, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, '')
    .trim()
  return plain.length > maxLength ? `${plain.slice(0, maxLength)}…` : plain
}

/** cloud-init's answer to a login as a user that it closed (`disable_root`): the user that it wants instead. */
export function namedUser(text: string): string | undefined {
  return /please login as the user "([A-Za-z_][\w.-]{0,31})" rather than/i.exec(text)?.[1]
}
