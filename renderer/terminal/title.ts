/** A tab has no room for more, and a title without end would be laid out at every change of it. */
const LONGEST = 200

/** Control and format characters (bidi overrides, zero width), lone surrogates, separators: a title is one line, read as it was written. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]/gu

/** A title as the host set it, without what could make it look like something else. Pure. */
export function shownTitle(title: string): string {
  const clean = title
    .slice(0, LONGEST * 4)
    .replace(HIDDEN, '')
    .trim()
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean
}
