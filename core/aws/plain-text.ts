/** Control characters, and those that turn the direction of what follows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const UNPRINTABLE = / *[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]+ */g

/** Text that somebody else wrote (an instance's tag, a server's message), fit to be shown on one line. */
export function plainText(text: string, maximum: number): string {
  const line = text.replace(UNPRINTABLE, ' ').trim()
  return line.length > maximum ? `${line.slice(0, maximum - 1)}…` : line
}
