import type { Session } from './session.ts'
import { toSessions } from './session.ts'
import type { Sessions, SourceFile } from './source.ts'
import { child, type Element, readXml } from './xml.ts'

export function isFileZilla(text: string): boolean {
  return /<FileZilla3?[\s>]/.test(text)
}

/** FileZilla's sitemanager.xml, or an export of it. */
export function readFileZilla({ text }: SourceFile): Sessions {
  const [root] = readXml(text).filter(({ name }) => name.startsWith('FileZilla'))
  const servers = root?.children.filter(({ name }) => name === 'Servers') ?? []
  return toSessions(servers.flatMap((element) => [...readFolder(element, [])]))
}

const PROTOCOLS: Readonly<Record<string, string>> = { 0: 'FTP', 1: 'SFTP', 3: 'FTPS', 4: 'FTPES', 5: 'HTTPS', 6: 'FTP', 7: 'S3' }

function* readFolder(folder: Element, path: readonly string[]): Generator<Session> {
  for (const element of folder.children) {
    if (element.name === 'Folder') yield* readFolder(element, [...path, element.text])
    if (element.name !== 'Server') continue
    const protocol = child(element, 'Protocol')
    yield {
      name: child(element, 'Name') || element.text,
      folder: path,
      protocol: PROTOCOLS[protocol] ?? `FileZilla ${protocol}`,
      host: child(element, 'Host'),
      port: child(element, 'Port'),
      user: child(element, 'User'),
      keyPath: child(element, 'Keyfile'),
      notes: child(element, 'Comments'),
      left: [child(element, 'Pass') !== '' && 'password'],
    }
  }
}
