import { timingSafeEqual } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import ssh2, { type AuthContext, type Connection } from 'ssh2'
import type { LoginKey } from '../machines/key-pairs.ts'
import type { Machine } from '../machines/machine.ts'

/** sshd's MaxAuthTries. */
const TRIES = 6

export interface Logins {
  readonly machine: Machine
  /** Of its key pair. `root` has the same key, with cloud-init's forced command. */
  readonly key: LoginKey
  /** Where its user's authorized_keys are. */
  readonly home: string
}

/** Public keys only: the right user with the right key. Resolves the name that logged in. */
export function admit(connection: Connection, logins: Logins): Promise<string> {
  let failures = 0
  return new Promise((resolve) => {
    connection.on('authentication', async (context) => {
      if (await mayEnter(context, logins)) {
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

async function mayEnter(context: AuthContext, logins: Logins): Promise<boolean> {
  if (context.method !== 'publickey') return false
  const { data } = context.key
  const known = await keysOf(context.username, logins)
  if (!known.some((blob) => blob.length === data.length && timingSafeEqual(blob, data))) return false
  if (!context.signature || !context.blob) return true
  const parsed = ssh2.utils.parseKey(data)
  return !(parsed instanceof Error) && parsed.verify(context.blob, context.signature, context.hashAlgo) === true
}

/** The key pair's, those in authorized_keys, and those that EC2 Instance Connect sent for this user and that still count. */
async function keysOf(user: string, { machine, key, home }: Logins): Promise<readonly Buffer[]> {
  if (user === 'root') return [key.blob]
  if (user !== machine.spec.user) return []
  const sent = machine.sentKeys.filter((one) => one.user === user && one.until > Date.now())
  return [key.blob, ...(machine.spec.instanceConnect ? sent.map(({ blob }) => blob) : []), ...(await authorizedKeys(home))]
}

async function authorizedKeys(home: string): Promise<readonly Buffer[]> {
  const text = await readFile(join(home, '.ssh', 'authorized_keys'), 'utf8').catch(() => '')
  return text.split('\n').flatMap((line) => {
    const base64 = line.trim().split(/\s+/)[1]
    return base64 ? [Buffer.from(base64, 'base64')] : []
  })
}
