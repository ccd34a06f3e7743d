import { join } from 'node:path'
import type { CoreHost } from '../host.ts'
import { askIdentities, askSignature } from './agent-protocol.ts'
import { type Certificate, parseCertificate, plainType, signatureAlgorithm } from './certificate.ts'
import { blobType } from './wire.ts'

/** Windows' own OpenSSH agent; ssh2 knows Pageant by its name. */
const WINDOWS_PIPE = '\\\\.\\pipe\\openssh-ssh-agent'
const PAGEANT = 'pageant'
/** An agent that is there answers within milliseconds; a dead one's socket may stay silent for good. */
const ANSWER_MS = 2_000

export interface AgentKey {
  readonly type: string
  readonly blob: Buffer
  readonly comment: string
  /** False: it holds only certificates of it, and signs for those alone. */
  readonly plain: boolean
  readonly certificates: readonly Certificate[]
}

/** Where 1Password's agent listens, in the home folder; on Windows it takes the place of the system's own. */
const ONE_PASSWORD: Partial<Record<NodeJS.Platform, string>> = {
  linux: '.1password/agent.sock',
  darwin: 'Library/Group Containers/2BUA8C4S2C.com.1password/t/agent.sock',
}

/** Where agents may be, best first. Whether one is there shows when it is asked. */
export function agentPaths(
  { environment, homeFolder }: Pick<CoreHost, 'environment' | 'homeFolder'>,
  platform = process.platform,
): readonly string[] {
  const named = environment.SSH_AUTH_SOCK
  const own = ONE_PASSWORD[platform]
  const usual = platform === 'win32' ? [WINDOWS_PIPE, PAGEANT] : own ? [join(homeFolder, own)] : []
  return [...new Set([...(named ? [named] : []), ...usual])]
}

/** The first agent that holds a key, with its keys. None is a usual answer, not an error. */
export async function findAgent(
  paths: readonly string[],
): Promise<{ readonly path: string; readonly keys: readonly AgentKey[] } | undefined> {
  for (const path of paths) {
    const keys = await agentKeys(path)
    if (keys.length > 0) return { path, keys }
  }
  return undefined
}

/** Empty where no agent answers. */
export async function agentKeys(path: string): Promise<readonly AgentKey[]> {
  try {
    return group(await askIdentities(path, AbortSignal.timeout(ANSWER_MS)))
  } catch {
    return []
  }
}

/** A whole signature; rejects where the agent refuses or is gone. */
export function signWithAgent(path: string, blob: Buffer): (data: Buffer, algorithm: string) => Promise<Buffer> {
  return (data, algorithm) => askSignature(path, blob, data, signatureAlgorithm(algorithm))
}

/** Of types that OpenSSH has: what else an agent names is left out. */
const TYPES = /^(?:ssh-(?:rsa|ed25519)|ecdsa-sha2-nistp\d+|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)$/

function group(identities: Awaited<ReturnType<typeof askIdentities>>): AgentKey[] {
  const keys = new Map<string, { type: string; blob: Buffer; comment: string; plain: boolean; certificates: Certificate[] }>()
  const keyOf = (type: string, blob: Buffer, comment: string) => {
    const name = blob.toString('base64')
    const key = keys.get(name) ?? { type, blob, comment, plain: false, certificates: [] }
    keys.set(name, key)
    return key
  }
  for (const { blob, comment } of identities) {
    const type = blob.length > 4 ? blobType(blob) : ''
    const certificate = plainType(type) === undefined ? undefined : parseCertificate(blob)
    if (certificate) keyOf(certificate.publicKey.type, certificate.publicKey.blob, comment).certificates.push(certificate)
    else if (TYPES.test(type)) keyOf(type, blob, comment).plain = true
  }
  return [...keys.values()]
}
