/** An argv as one line that any POSIX shell takes apart into the same argv again. Throws for what no argument can hold. */
export function quote(argv: readonly string[]): string {
  return argv.map(quoteOne).join(' ')
}

function quoteOne(argument: string): string {
  if (argument.includes('\0')) throw new RangeError('an argument cannot hold NUL')
  return /^[\w./:@%+,=-]+$/.test(argument) && !argument.startsWith('=') ? argument : `'${argument.replaceAll("'", String.raw`'\''`)}'`
}
