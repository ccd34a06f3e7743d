import type { Session } from './session.ts'
import { toSessions } from './session.ts'
import type { Sessions, SourceFile } from './source.ts'
import { type Element, readXml } from './xml.ts'

export function isSecureCrt(text: string): boolean {
  return /<VanDyke[\s>]/.test(text)
}

/** SecureCRT's export: keys in keys, of which those with a host are sessions and the others folders. */
export function readSecureCrt({ text }: SourceFile): Sessions {
  const [root] = readXml(text).filter(({ name }) => name === 'VanDyke')
  const sessions = root?.children.find(({ key }) => key === 'Sessions')
  return toSessions(sessions ? readFolder(sessions, []) : [])
}

function* readFolder(folder: Element, path: readonly string[]): Generator<Session> {
  for (const element of folder.children.filter(({ name }) => name === 'key')) {
    const name = element.key
    const value = (wanted: string) => element.children.find(({ key }) => key === wanted)?.text ?? ''
    const isSession = element.children.some(({ key }) => key === 'Hostname' || key === 'Protocol Name')
    if (!isSession) yield* readFolder(element, [...path, name])
    else if (name !== 'Default') yield readSession(name, path, value)
  }
}

function readSession(name: string, folder: readonly string[], value: (key: string) => string): Session {
  const protocol = value('Protocol Name') || 'SSH2'
  const firewall = value('Firewall Name')
  return {
    name,
    folder,
    protocol,
    host: value('Hostname'),
    port: value(`[${protocol}] Port`),
    user: value('Username'),
    // `path::rawkey` says how it is to be read.
    keyPath: value('Identity Filename V2').replace(/::rawkey$/, ''),
    left: [
      (value('Password') !== '' || value('Password V2') !== '') && 'password',
      firewall !== '' && firewall !== 'None' && (firewall.startsWith('Session:') ? 'jump-host' : 'proxy'),
    ],
  }
}
