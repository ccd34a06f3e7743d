import { z } from 'zod'
import { skip, toSessions } from './session.ts'
import type { Sessions, SourceFile } from './source.ts'

const text = z.string().catch('')
const session = z.object({
  'session.label': text,
  'session.target': text,
  'session.port': z.union([z.string(), z.number()]).optional().catch(undefined),
  'session.protocol': text,
  'session.group': text,
  'session.autoLogin': text,
  'ssh.identityFilePath': text,
})

export function isWindTerm(json: unknown): boolean {
  return Array.isArray(json) && json.some((item) => typeof item === 'object' && item !== null && 'session.protocol' in item)
}

/** WindTerm's `user.sessions`. */
export function readWindTerm({ text: content }: SourceFile): Sessions {
  const list = z.array(z.unknown()).parse(JSON.parse(content))
  return toSessions(
    list.map((item) => {
      const read = session.safeParse(item).data
      if (!read) return skip('', 'broken')
      return {
        name: read['session.label'],
        folder: read['session.group'].split('>'),
        protocol: read['session.protocol'] || 'ssh',
        host: read['session.target'],
        port: read['session.port'],
        keyPath: read['ssh.identityFilePath'],
        left: [read['session.autoLogin'] !== '' && 'password'],
      }
    }),
  )
}
