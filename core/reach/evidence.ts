import type { Instance, InstanceRef } from '../../contract/models/instance.ts'
import type { Log } from '../log.ts'
import { type ConfiguredHost, type ResolveOptions, resolveHost } from '../ssh/config/host.ts'
import { type ConsoleFacts, parseConsole } from './console.ts'
import type { ImageFacts, InstanceFacts, KeyPairFacts } from './instance-facts.ts'
import type { WhyUnvouched } from './trust.ts'

export interface ConsoleEvidence extends ConsoleFacts {
  /** Why there are no host keys in it. */
  readonly because?: WhyUnvouched | undefined
}
export interface Evidence {
  readonly image: ImageFacts | undefined
  readonly pair: KeyPairFacts | undefined
  readonly console: ConsoleEvidence
}

/** A fact that takes longer than this is worth less than the wait; a guess follows. */
const PATIENCE_MS = 4_000
const SHORT_PATIENCE_MS = 250
/** Before a person is asked to judge a host key, AWS gets the time it needs. */
const CONSOLE_PATIENCE_MS = 15_000
export const noEvidence: Evidence = { image: undefined, pair: undefined, console: { hostKeys: [], users: [] } }

/** All at once; what AWS refuses to tell is missing, never an error. */
export async function gatherEvidence(facts: InstanceFacts, { ref, imageId, keyName }: Instance, log: Log): Promise<Evidence> {
  const image = within(PATIENCE_MS, () => facts.image(ref, imageId), log)
  const [pair, console] = await Promise.all([
    keyName ? within(PATIENCE_MS, () => facts.keyPair(ref, keyName), log) : undefined,
    readConsole(facts, ref, log, PATIENCE_MS),
  ])
  // Where the machine itself has named its user, its image only adds the second guess.
  const enough = console.users.length > 0
  return { image: await (enough ? within(SHORT_PATIENCE_MS, () => image, log) : image), pair, console }
}

export async function readConsole(
  facts: InstanceFacts,
  ref: InstanceRef,
  log: Log,
  patienceMs = CONSOLE_PATIENCE_MS,
): Promise<ConsoleEvidence> {
  const output = await within(patienceMs, () => facts.consoleOutput(ref), log)
  if (output?.kind === 'empty') return { hostKeys: [], users: [], because: 'console-empty' }
  if (output?.kind !== 'text') return { hostKeys: [], users: [], because: 'console-not-readable' }
  const parsed = parseConsole(output.text)
  return parsed.hostKeys.length > 0 ? parsed : { ...parsed, because: 'console-without-keys' }
}

/** What the ssh_config files say about this instance in particular: what `Host *` says is about no machine. */
export async function configuredInstance(
  files: readonly string[],
  names: readonly string[],
  o: ResolveOptions,
): Promise<ConfiguredHost | undefined> {
  const [found, anyHost] = await Promise.all([resolveHost(files, names, o), resolveHost(files, [NO_HOST], o)])
  if (!found) return undefined
  const { hostName, port, user, ...rest } = found
  return {
    ...rest,
    ...(hostName && hostName !== anyHost?.hostName ? { hostName } : {}),
    ...(port && port !== anyHost?.port ? { port } : {}),
    ...(user && user !== anyHost?.user ? { user } : {}),
    identityFiles: found.identityFiles.filter((file) => !anyHost?.identityFiles.includes(file)),
  }
}

/** RFC 6761: no host ever has this name. */
const NO_HOST = 'mooring.invalid'

async function within<Value>(ms: number, ask: () => Promise<Value>, log: Log): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms)
  })
  try {
    return await Promise.race([ask(), late])
  } catch (error) {
    log.info({ err: error }, 'a fact about an instance could not be had')
    return undefined
  } finally {
    clearTimeout(timer)
  }
}
