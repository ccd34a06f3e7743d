import { userInfo } from 'node:os'
import type { AddressChoice, KeyMatch, LoginGuess } from '../../contract/models/reach.ts'
import type { ConnectChoices, Target } from '../../contract/models/terminal.ts'
import type { Identity } from '../keys/keys.ts'
import { type ConfiguredHost, resolveHost } from '../ssh/config/host.ts'
import { extrasOf } from './extras.ts'
import { type Investigation, listCertificates, listKeys, type Sources, type World } from './investigation.ts'
import { keysToTry } from './keys-to-try.ts'
import { knownUnder } from './known-under.ts'
import { hostTargetKey, type Remembered } from './memory.ts'
import { chooseThrough } from './through.ts'

/** Who, with what and where, for `user@host:port` as typed: as ssh would, with what was chosen or worked before. */
export async function investigateHost(
  target: Extract<Target, { kind: 'host' }>,
  { host, keys, log, run }: Sources,
  { configFiles, memory, knownHosts: usual }: World,
): Promise<Investigation> {
  const memoryKey = hostTargetKey(target.host)
  const remembered = memory.get(memoryKey)
  const choices = memory.choices(memoryKey, target)
  const configured = await resolveHost(configFiles, [target.host], { ...host, run, user: choices.user, port: choices.port })
  const identities = await listKeys(keys, configured, log)

  const through = chooseThrough({ choices, configured })
  const key = chooseKey(choices, configured, remembered, identities)
  const address = chooseHostAddress(target.host, choices, configured)
  const { knownHosts, knownAs } = knownUnder(configured, { host: address.host, port: address.port }, usual)
  const known = knownHosts.lookUp(knownAs.host, knownAs.port)
  return {
    name: target.host,
    plan: {
      logins: [chooseLogin(choices, configured, remembered, host.environment)],
      key,
      address,
      route: through ? [through.hop] : [],
      ...(choices.via ? { chosenVia: choices.via } : {}),
      extras: extrasOf(choices, configured),
      hostKey: known.length > 0 ? 'known' : 'unknown',
    },
    address,
    doubtful: false,
    keys: triedBySsh(key, configured, identities),
    certificates: await listCertificates(identities, configured),
    agent: key.kind !== 'found' && identities.some((identity) => identity.key.source === 'agent'),
    pair: undefined,
    hostKeyTypes: known.flatMap(({ type, marker }) => (marker ? [] : [type])),
    hostCertificates: known.some(({ marker }) => marker === 'cert-authority'),
    memoryKey,
    problems: configured?.problems ?? [],
    configured,
    through,
    identity: { knownAs, knownHosts, memory, strict: configured?.strictHostKeyChecking },
  }
}

function chooseLogin(
  choices: ConnectChoices,
  configured: ConfiguredHost | undefined,
  remembered: Remembered,
  environment: Sources['host']['environment'],
): LoginGuess {
  if (choices.user) return { user: choices.user, reason: 'choice', params: {}, confidence: 'certain' }
  if (configured?.user) return { user: configured.user, reason: 'ssh-config', params: { host: configured.matched }, confidence: 'certain' }
  if (remembered.login) return remembered.login
  const localUser = environment.USER || environment.USERNAME || userInfo().username
  return { user: localUser, reason: 'default', params: {}, confidence: 'guess' }
}

function chooseHostAddress(typed: string, choices: ConnectChoices, configured: ConfiguredHost | undefined): AddressChoice {
  const port = choices.port ?? configured?.port ?? 22
  if (choices.address) return { host: choices.address, port, reason: 'choice', params: {} }
  if (configured?.hostName) return { host: configured.hostName, port, reason: 'ssh-config', params: { host: configured.matched } }
  return { host: typed, port, reason: 'typed', params: {} }
}

function chooseKey(
  choices: ConnectChoices,
  configured: ConfiguredHost | undefined,
  remembered: Remembered,
  identities: readonly Identity[],
): KeyMatch {
  const chosen = identities.find(({ key }) => key.id === choices.keyId)
  const named = identities.find(({ key }) => key.path !== undefined && configured?.identityFiles.includes(key.path))
  const before = identities.find(({ key }) => key.id === remembered.keyId)
  const found =
    (chosen && (['choice', chosen] as const)) ??
    (named && (['ssh-config', named] as const)) ??
    (before && (['remembered', before] as const))
  if (!found) return { kind: 'none' }
  const [reason, { key }] = found
  return { kind: 'found', keyId: key.id, label: key.label, fingerprint: key.fingerprint ?? '', reason, params: {} }
}

/** All files that the configuration names, in its order; one that was chosen, alone; what opened it before, then the usual ones. */
function triedBySsh(match: KeyMatch, configured: ConfiguredHost | undefined, identities: readonly Identity[]): readonly Identity[] {
  if (match.kind !== 'found' || match.reason === 'choice') return keysToTry(match, identities)
  if (match.reason === 'remembered') return [...new Set([...keysToTry(match, identities), ...keysToTry({ kind: 'none' }, identities)])]
  return (configured?.identityFiles ?? []).flatMap((file) => identities.filter(({ key }) => key.path === file))
}
