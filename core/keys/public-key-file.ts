import { open } from 'node:fs/promises'
import ssh2 from 'ssh2'
import { MAX_KEY_BYTES } from './private-key.ts'

/** What `ssh-keygen` or a person left beside an encrypted key: `key.pem.pub` or `key.pub`. */
export async function publicKeyBeside(path: string): Promise<Buffer | undefined> {
  const candidates = new Set([`${path}.pub`, `${path.replace(/\.\w+$/, '')}.pub`])
  for (const candidate of candidates) {
    const parsed = ssh2.utils.parseKey(await firstBytes(candidate))
    if (!(parsed instanceof Error)) return parsed.getPublicSSH()
  }
  return undefined
}

async function firstBytes(path: string): Promise<string> {
  const file = await open(path).catch(() => undefined)
  if (!file) return ''
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(MAX_KEY_BYTES) })
    return buffer.toString('utf8', 0, bytesRead)
  } finally {
    await file.close()
  }
}
