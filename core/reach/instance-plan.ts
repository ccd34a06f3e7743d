import type { Instance } from '../../contract/models/instance.ts'
import type { AddressChoice, LoginGuess } from '../../contract/models/reach.ts'
import type { ConnectChoices, Target } from '../../contract/models/terminal.ts'
import type { Identity } from '../keys/keys.ts'
import { matchingPattern } from '../ssh/config/patterns.ts'
import { type AddressFacts, chooseAddress, ownAddress, tagPort } from './address.ts'
import { printedTypes } from './console.ts'
import { configuredInstance, type Evidence, gatherEvidence, noEvidence, readConsole } from './evidence.ts'
import { extrasOf } from './extras.ts'
import { type Investigation, listCertificates, listKeys, type Sources, type World } from './investigation.ts'
import { matchKey } from './key-match.ts'
import { orInstanceConnect } from './keyless.ts'
import { keysToTry } from './keys-to-try.ts'
import { knownUnder } from './known-under.ts'
import { guessLogins, type LoginFacts } from './login.ts'
import { instanceKey, type Remembered } from './memory.ts'
import { chooseThrough, neighboursOf, type Through } from './through.ts'

/** Who, with what and where, for an instance as AWS described it. */
export async function investigateInstance(
  instance: Instance,
  target: Target,
  { host, aws, keys, instanceConnectByItself, log, run }: Sources,
  { configFiles, memory, knownHosts: usual }: World,
): Promise<Investigation> {
  const memoryKey = instanceKey(instance)
  const remembered = memory.get(memoryKey)
  const choices = memory.choices(memoryKey, target)
  const tags = instance.tags
  const own = ownAddress({ choices, tags, addresses: instance })
  const names = [instance.ref.instanceId, instance.name].filter(isName)
  const addresses = [own?.host, own?.host === instance.publicAddress ? instance.publicName : undefined].filter(isName)

  const sshConfig = await configuredInstance(configFiles, choices.address ? [choices.address] : [...names, ...addresses], {
    ...host,
    run,
    user: choices.user,
    port: choices.port,
  })
  const identities = await listKeys(keys, sshConfig, log)
  const evidence = opensAgain(remembered, choices, identities) ? noEvidence : await gatherEvidence(aws.facts, instance, log)
  const { console, image } = evidence
  const pair = evidence.pair

  const matched = matchKey(
    {
      keyName: instance.keyName,
      pair,
      consoleUsers: console.users,
      chosen: choices.keyId,
      remembered: remembered.keyId ?? memory.keyOfPair(pair?.id),
      identityFiles: sshConfig?.identityFiles ?? [],
    },
    identities,
  )
  const key = orInstanceConnect(matched, choices, instanceConnectByItself())
  const keyless = key.kind === 'instance-connect'
  const found = key.kind === 'found' ? identities.find((identity) => identity.key.id === key.keyId) : undefined
  const logins = chooseLogins(remembered, evidence, {
    choice: choices.user,
    sshConfig: sshConfig?.user ? { user: sshConfig.user, host: sshConfig.matched } : undefined,
    tags,
    consoleUsers: console.users,
    keyFingerprints: found?.fingerprints,
    image,
    platform: instance.platform,
  })

  const neighbours = neighboursOf(instance, aws.inventory.region(instance.ref.profile, instance.ref.region).instances)
  const through = chooseThrough({ choices, configured: sshConfig, tags, neighbours })
  const address = addressThrough(through, { choices, sshConfig, tags, addresses: instance }, names)
  const isPractice = aws.profiles.state.value.profiles.some(({ name, kind }) => name === instance.ref.profile && kind === 'practice')
  const isOwn = own !== undefined && (isPractice || own.host === address?.host)
  const standsFor =
    isPractice && own ? { host: own.host, port: 22 } : { host: address?.host ?? instance.ref.instanceId, port: address?.port ?? 22 }
  const { knownHosts, knownAs } = knownUnder(sshConfig, standsFor, usual)
  // Where a practice machine listens on this computer would tell a person nothing about the machine.
  const shown = isPractice && own ? { ...own, port: choices.port ?? tagPort(tags) ?? 22 } : address
  const lines = knownHosts.lookUp(knownAs.host, knownAs.port)
  const known = [...(remembered.hostKeys?.keys ?? []), ...lines.filter(({ marker }) => !marker)]

  return {
    name: instance.name || instance.ref.instanceId,
    plan: {
      logins: [...logins],
      key,
      ...(shown ? { address: shown } : {}),
      route: through ? [through.hop] : [],
      ...(choices.via ? { chosenVia: choices.via } : {}),
      extras: extrasOf(choices, sshConfig),
      hostKey: known.length > 0 ? 'known' : console.hostKeys.length > 0 ? 'in-console' : 'unknown',
    },
    address,
    // Behind a VPN it can be reached; from elsewhere, or where the network at hand has the same numbers, it cannot.
    doubtful: through === undefined && own?.reason === 'private' && !(sshConfig?.hostName && matchingPattern([sshConfig.matched], names)),
    keys: keysToTry(key, identities),
    certificates: keyless ? [] : await listCertificates(identities, sshConfig),
    agent: key.kind !== 'found' && !keyless && identities.some((identity) => identity.key.source === 'agent'),
    pair,
    hostKeyTypes: known.length > 0 ? known.map(({ type }) => type) : printedTypes(console),
    hostCertificates: lines.some(({ marker }) => marker === 'cert-authority'),
    memoryKey,
    problems: sshConfig?.problems ?? [],
    configured: sshConfig,
    through,
    identity: {
      strict: sshConfig?.strictHostKeyChecking,
      knownAs,
      knownHosts,
      memory,
      instance: {
        instanceId: instance.ref.instanceId,
        memoryKey,
        ownAddress: isOwn,
        console: async () => (console.hostKeys.length > 0 ? console : readConsole(aws.facts, instance.ref, log)),
      },
    },
  }
}

/**
 * A neighbour knows an instance by its private address, whatever leads there from here. A command of the person's own that is for
 * the instance by its name (as Session Manager's is) needs no address at all.
 */
function addressThrough(through: Through | undefined, facts: AddressFacts, names: readonly string[]): AddressChoice | undefined {
  const { sshConfig, addresses, choices } = facts
  const usual = chooseAddress(facts)
  const byName = sshConfig?.hostName !== undefined && matchingPattern([sshConfig.matched], names) !== undefined
  if (through?.kind === 'jump' && through.target.kind === 'instance' && !byName && !choices.address) {
    const host = addresses.privateAddress
    return host ? { host, port: choices.port ?? tagPort(facts.tags) ?? 22, reason: 'private', params: {} } : usual
  }
  const named = through?.kind === 'command' ? through.command.name : undefined
  if (named === undefined || byName || !names.includes(named)) return usual
  return { host: named, port: choices.port ?? sshConfig?.port ?? 22, reason: 'ssh-config', params: { host: sshConfig?.matched ?? named } }
}

/** What opened it the last time is still there: then AWS need not be asked again, which is most of the wait. */
function opensAgain({ login, keyId }: Remembered, choices: ConnectChoices, identities: readonly Identity[]): boolean {
  if (choices.keyId !== undefined && choices.keyId !== keyId) return false
  return login !== undefined && keyId !== undefined && identities.some(({ key }) => key.id === keyId)
}

function chooseLogins(remembered: Remembered, evidence: Evidence, facts: LoginFacts): readonly LoginGuess[] {
  const guesses = guessLogins(facts)
  const named = guesses[0].reason === 'choice' || guesses[0].reason === 'ssh-config' || guesses[0].params.tag === 'mooring:user'
  return remembered.login && evidence === noEvidence && !named ? [remembered.login] : guesses
}

function isName(name: string | undefined): name is string {
  return name !== undefined && name.trim() !== ''
}
