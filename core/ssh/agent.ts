import ssh2, { type ParsedKey } from 'ssh2'

/** Windows' own OpenSSH agent; ssh2 knows Pageant by its name. */
const WINDOWS_PIPE = '\\\\.\\pipe\\openssh-ssh-agent'
const PAGEANT = 'pageant'
/** An agent that is there answers within milliseconds; a dead one's socket may stay silent for good. */
const ANSWER_MS = 2_000

export interface AgentKey {
  readonly type: string
  readonly blob: Buffer
  readonly comment: string
  readonly parsed: ParsedKey
}

/** Where agents may be, best first. Whether one is there shows when it is asked. */
export function agentPaths(environment: Readonly<Record<string, string | undefined>>, platform = process.platform): readonly string[] {
  const named = environment.SSH_AUTH_SOCK
  const usual = platform === 'win32' ? [WINDOWS_PIPE, PAGEANT] : []
  return [...(named ? [named] : []), ...usual]
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
export function agentKeys(path: string): Promise<readonly AgentKey[]> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve([]), ANSWER_MS)
    ssh2.createAgent(path).getIdentities((error, keys = []) => {
      clearTimeout(timer)
      // Typed as anything that could be parsed, though ssh2 has parsed what the agent said.
      resolve(error ? [] : keys.flatMap((key) => toAgentKey(key as ParsedKey)))
    })
  })
}

function toAgentKey(parsed: ParsedKey): AgentKey[] {
  return [{ type: parsed.type, blob: parsed.getPublicSSH(), comment: parsed.comment, parsed }]
}
