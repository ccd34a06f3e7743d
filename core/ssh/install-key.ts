import type { UserErrorDetails } from '../../contract/errors.ts'
import { UserError } from '../user-error.ts'
import type { Connection } from './connection.ts'
import { plainText } from './login/server-text.ts'

/**
 * As ssh-copy-id, in one go and with nothing of ours in the command: the key comes through its input. A last line without an end is
 * ended first, or two keys would be one.
 */
const INSTALL = `exec sh -c 'umask 077; cd && mkdir -p .ssh && touch .ssh/authorized_keys || exit 1
IFS= read -r line || exit 2
if grep -qxF -- "$line" .ssh/authorized_keys; then echo present; exit 0; fi
if [ -s .ssh/authorized_keys ] && [ -n "$(tail -c 1 .ssh/authorized_keys)" ]; then echo >> .ssh/authorized_keys || exit 3; fi
printf "%s\\n" "$line" >> .ssh/authorized_keys && echo installed'`

/** Throws UserError KEY_NOT_INSTALLED, with what the host said. */
export async function installKey(connection: Connection, host: string, publicKey: string): Promise<'installed' | 'present'> {
  const { code, output, said } = await connection.run(INSTALL, { input: `${publicKey}\n` })
  const answer = output.trim()
  if (code === 0 && (answer === 'installed' || answer === 'present')) return answer
  throw new UserError('KEY_NOT_INSTALLED', { host, said: said || plainText(answer, 400) } satisfies UserErrorDetails['KEY_NOT_INSTALLED'])
}
