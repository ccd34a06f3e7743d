import type { FileKind } from '../../contract/models/file.ts'

const TYPE: Readonly<Record<FileKind, string>> = {
  file: '-',
  folder: 'd',
  link: 'l',
  socket: 's',
  pipe: 'p',
  'block-device': 'b',
  'character-device': 'c',
  unknown: '?',
}

/** `drwxr-sr-t`, as `ls -l` writes it. */
export function modeLetters(kind: FileKind, mode: number | undefined): string {
  if (mode === undefined) return TYPE[kind]
  const letters = [...'rwxrwxrwx'].map((letter, index) => (mode & (0o400 >> index) ? letter : '-'))
  for (const [bit, place, letter] of [
    [0o4000, 2, 's'],
    [0o2000, 5, 's'],
    [0o1000, 8, 't'],
  ] as const) {
    if (mode & bit) letters[place] = letters[place] === 'x' ? letter : letter.toUpperCase()
  }
  return TYPE[kind] + letters.join('')
}
