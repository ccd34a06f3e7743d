import { timingSafeEqual } from 'node:crypto'
import ssh2, { type AuthContext, type Connection } from 'ssh2'
import type { LoginKey } from '../machines/key-pairs.ts'

/** sshd's MaxAuthTries. */
const TRIES = 6

export interface Logins {
  /** The right user. `root` has the same key, with cloud-init's forced command. */
  readonly user: string
  readonly key: LoginKey
}

/** Public keys only: the right user with the right key. Resolves the name that logged in. */
export function admit(connection: Connection, logins: Logins): Promise<string> {
  let failures = 0
  return new Promise((resolve) => {
    connection.on('authentication', (context) => {
      if (mayEnter(context, logins)) {
        const checking = context.method === 'publickey' && !context.signature
        context.accept()
        if (!checking) resolve(context.username)
        return
      }
      // As sshd, which does not count the first question for the methods.
      if (context.method !== 'none' && ++failures >= TRIES) connection.end()
      else context.reject(['publickey'])
    })
  })
}

function mayEnter(context: AuthContext, { user, key }: Logins): boolean {
  if (context.method !== 'publickey') return false
  if (context.username !== user && context.username !== 'root') return false
  if (context.key.data.length !== key.blob.length || !timingSafeEqual(context.key.data, key.blob)) return false
  if (!context.signature || !context.blob) return true
  const parsed = ssh2.utils.parseKey(context.key.data)
  return !(parsed instanceof Error) && parsed.verify(context.blob, context.signature, context.hashAlgo) === true
}
