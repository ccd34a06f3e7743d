import { LanguageDescription } from '@codemirror/language'
import { languages } from '@codemirror/language-data'

/** Names that only people who run machines know. */
const BY_NAME: readonly [RegExp, string][] = [
  [/^(\.(bash|zsh)(rc|_.*|env)|\.profile|\.xinitrc|bash\.bashrc|crontab|PKGBUILD)$|\.(bats|zsh|ebuild)$/, 'Shell'],
  [/(^|\/)nginx\/|nginx.*\.conf$/i, 'Nginx'],
  [/(^|\.)(dockerfile|containerfile)(\..+)?$/i, 'Dockerfile'],
  [
    /\.(conf|cfg|cnf|cf|rules|service|socket|timer|mount|target|network|desktop|repo|list|editorconfig|gitconfig|npmrc)$/i,
    'Properties files',
  ],
  [
    /^(\.env(\..+)?|sshd?_config|fstab|hosts|my\.cnf|environment|sudoers|\.?aws\/(config|credentials)|\.gitconfig|\.npmrc)$/,
    'Properties files',
  ],
  [/\.(tfstate|har|webmanifest)$/i, 'JSON'],
  [/\.(patch|rej)$/i, 'diff'],
]
const BY_FIRST_LINE: readonly [RegExp, string][] = [
  [/^#!.*\b(ba|da|z|k|a)?sh\b/, 'Shell'],
  [/^#!.*\bpython/, 'Python'],
  [/^#!.*\bnode\b/, 'JavaScript'],
  [/^#!.*\bperl\b/, 'Perl'],
  [/^#!.*\bruby\b/, 'Ruby'],
  [/^<\?xml/, 'XML'],
]

/** By the file's name, else by what its first line says. Its grammar is fetched when it is first needed. */
export function languageOf(path: string, firstLine: string): LanguageDescription | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const known = BY_NAME.find(([pattern]) => pattern.test(name) || (pattern.source.includes('\\/') && pattern.test(path)))?.[1]
  const named = (wanted: string | undefined) => languages.find((language) => language.name === wanted)
  return (
    named(known) ??
    LanguageDescription.matchFilename(languages, name) ??
    named(BY_FIRST_LINE.find(([pattern]) => pattern.test(firstLine))?.[1]) ??
    undefined
  )
}
