import type { ImportSkipped, LeftBehind } from '../../../contract/models/import.ts'
import { type ConfigLine, parseLine } from '../../ssh/config/line.ts'
import { matchingPattern } from '../../ssh/config/patterns.ts'
import { type Session, skip, toSessions } from './session.ts'
import type { Sessions, SourceFile } from './source.ts'

/**
 * Somebody else's ssh_config, or one from another computer: the names in its `Host` lines with what stands there for them.
 * The person's own file needs no import, its hosts are followed live.
 */
export function readSshConfig({ text }: SourceFile): Sessions {
  const lines: ConfigLine[] = []
  const skipped: ImportSkipped[] = []
  for (const [index, content] of text.split('\n').entries()) {
    const line = parseLine(content, index + 1)
    if (line && 'problem' in line) skipped.push(skip(content, 'broken', index + 1))
    else if (line?.keyword === 'include') skipped.push(skip(line.rest, 'include', index + 1))
    else if (line) lines.push(line)
  }
  const names = new Set(
    lines.filter(({ keyword }) => keyword === 'host').flatMap(({ words }) => words.filter((word) => !/[*?!]/.test(word))),
  )
  return toSessions([...skipped, ...[...names].map((name) => readHost(name, lines))])
}

export function isSshConfig(text: string): boolean {
  return /^\s*Host[ \t=]+\S/im.test(text) && /^\s*(HostName|User|Port|IdentityFile|ProxyJump|ProxyCommand)[ \t=]+\S/im.test(text)
}

const FORWARDS = ['localforward', 'remoteforward', 'dynamicforward']

/** The first value counts, as for ssh. */
function readHost(name: string, lines: readonly ConfigLine[]): Session {
  const values = new Map<string, string>()
  const left = new Set<LeftBehind>()
  let active = true
  for (const { keyword, words, rest } of lines) {
    if (keyword === 'host') active = matchingPattern(words, [name]) !== undefined
    else if (keyword === 'match') {
      active = words[0]?.toLowerCase() === 'all'
      if (!active) left.add('match')
    } else if (active && !values.has(keyword)) values.set(keyword, keyword === 'proxycommand' ? rest : (words[0] ?? ''))
  }
  if (FORWARDS.some((keyword) => values.has(keyword))) left.add('forwards')
  if (values.has('remotecommand')) left.add('command')
  if (values.has('certificatefile')) left.add('certificate')
  if (isSaid(values.get('proxycommand'))) left.add('proxy')
  const jump = values.get('proxyjump')
  return {
    name,
    host: (values.get('hostname') ?? name).replaceAll('%h', name),
    port: values.get('port'),
    user: values.get('user'),
    keyPath: isSaid(values.get('identityfile')) ? values.get('identityfile') : '',
    via: isSaid(jump) ? jump : '',
    left: [...left],
  }
}

function isSaid(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value.toLowerCase() !== 'none'
}
