import { createPrivateKey } from 'node:crypto'
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { UserError } from '../user-error.ts'
import { restrictToOwner } from './file-access.ts'
import { numbersOfJwk } from './openssh.ts'
import { writePutty } from './putty-write.ts'

export interface NewKey {
  readonly type: 'ed25519' | 'rsa'
  /** PuTTY's file gets the ending `.ppk`. */
  readonly format: 'openssh' | 'putty'
  /** Of the file in `~/.ssh`. */
  readonly name: string
  readonly comment: string
  readonly passphrase?: string | undefined
}

const RSA_BITS = 3072
/** ssh-keygen's own. */
const CIPHER = { cipher: 'aes256-ctr', rounds: 16 } as const

/** Two files as ssh-keygen writes them, or PuTTY's and the public half beside it; nothing is ever replaced. Throws UserError INVALID_INPUT (`taken`), STORE_NOT_WRITABLE. */
export async function makeKey(homeFolder: string, o: NewKey): Promise<{ path: string; publicKey: string }> {
  const folder = join(homeFolder, '.ssh')
  const name = o.format === 'putty' && !o.name.endsWith('.ppk') ? `${o.name}.ppk` : o.name
  const path = join(folder, name)
  const pair = await generate(o)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    await writeFile(`${path}.pub`, `${pair.public}\n`, { flag: 'wx', mode: 0o644 })
  } catch (error) {
    throw notWritten(error, name)
  }
  try {
    await writeFile(path, pair.private, { flag: 'wx', mode: 0o600 })
    await (process.platform === 'win32' ? restrictToOwner(path) : chmod(path, 0o600))
  } catch (error) {
    await rm(`${path}.pub`, { force: true })
    throw notWritten(error, name)
  }
  return { path, publicKey: pair.public }
}

async function generate({ format, ...o }: NewKey): Promise<{ private: string; public: string }> {
  if (format === 'openssh') return generateOpenSsh(o)
  const pair = await generateOpenSsh({ ...o, passphrase: undefined })
  const parsed = ssh2.utils.parseKey(pair.private)
  const numbers = parsed instanceof Error ? undefined : numbersOfJwk(createPrivateKey(parsed.getPrivatePEM()).export({ format: 'jwk' }))
  if (!numbers) throw new Error('a key that was just made cannot be read')
  return { public: pair.public, private: await writePutty(numbers, o.comment, o.passphrase) }
}

function generateOpenSsh({ type, comment, passphrase }: Omit<NewKey, 'format'>): Promise<{ private: string; public: string }> {
  const options = { comment, ...(passphrase ? { passphrase, ...CIPHER } : {}) }
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, pair: { private: string; public: string }) => (error ? reject(error) : resolve(pair))
    if (type === 'ed25519') ssh2.utils.generateKeyPair('ed25519', options, done)
    else ssh2.utils.generateKeyPair('rsa', { ...options, bits: RSA_BITS }, done)
  })
}

function notWritten(error: unknown, name: string): UserError {
  const { code = 'unknown' } = error as NodeJS.ErrnoException
  if (code === 'EEXIST') return new UserError('INVALID_INPUT', { field: 'name', problem: 'taken' }, { cause: error })
  return new UserError('STORE_NOT_WRITABLE', { name, problem: code }, { cause: error })
}
