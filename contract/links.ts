/** Without blanks and control characters, which URL parsers drop, each in its own way. */
const EXTERNAL = /^(https?:\/\/|mailto:)[^\s\p{Cc}]{1,4000}$/iu

/** Whether a link may be given to the system to open. A terminal prints whatever a server likes, so every other scheme is out. */
export function isExternalLink(url: string): boolean {
  return EXTERNAL.test(url)
}
