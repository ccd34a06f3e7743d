import type { Terminal } from '@xterm/xterm'

/**
 * What programmers' fonts draw as one sign. Asking a font which it has takes its file, and the right to read this computer's fonts, which
 * the page does not have; drawn together in a font without them, they look as they did.
 */
const JOINED =
  /<!--|-->|<==>|<=>|===|!==|=>>|<<=|>>=|\|\|=|&&=|\.\.\.|:::|<->|<-|->|=>|==|!=|<=|>=|\|\||&&|\+\+|--|::|:=|\/\/|\/\*|\*\/|\?\?|\?\.|\.\.|<<|>>|\|>|<\||<>|~>|www/g

/** Returns how to end it. */
export function joinLigatures(terminal: Terminal): () => void {
  const joiner = terminal.registerCharacterJoiner((text) => ligaturesIn(text).map(({ start, end }) => [start, end]))
  return () => terminal.deregisterCharacterJoiner(joiner)
}

/** Pure. */
export function ligaturesIn(text: string): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(JOINED)].map((match) => ({ start: match.index, end: match.index + match[0].length }))
}
