import { readIni } from './ini.ts'
import { toSessions } from './session.ts'
import { fileName, type Sessions, type SourceFile } from './source.ts'

export function isXshell(text: string): boolean {
  return /^\s*\[CONNECTION\]\s*$/im.test(text)
}

/** One of Xshell's `.xsh` files: a session, called as the file, in the folders that it lies in. */
export function readXshell({ path, text }: SourceFile): Sessions {
  const sections = readIni(text)
  const value = (section: string, key: string) =>
    sections
      .find((candidate) => candidate.section.toUpperCase() === section)
      ?.entries.find(([name]) => name.toUpperCase() === key.toUpperCase())?.[1] ?? ''
  const login = (key: string) => value('CONNECTION:AUTHENTICATION', key)
  return toSessions([
    {
      name: fileName(path).replace(/\.xsh$/i, ''),
      folder: path.split('/').slice(0, -1),
      protocol: value('CONNECTION', 'Protocol') || 'ssh',
      host: value('CONNECTION', 'Host'),
      port: value('CONNECTION', 'Port'),
      user: login('UserName'),
      notes: value('CONNECTION', 'Description'),
      left: [
        login('Password') !== '' && 'password',
        // A name in Xshell's own store of keys.
        login('UserKey') !== '' && 'credential',
        value('CONNECTION:PROXY', 'Proxy') !== '' && 'proxy',
        Number(value('CONNECTION:SSH', 'FwdReqCount')) > 0 && 'forwards',
      ],
    },
  ])
}
