import type { LoginGuess } from '../../contract/models/reach.ts'
import type { ConsoleUser } from './console.ts'
import { anybody, families, familyOf, usersOf } from './families.ts'
import type { ImageFacts } from './instance-facts.ts'

export interface LoginFacts {
  /** The person chose it for this instance. */
  readonly choice?: string | undefined
  readonly sshConfig?: { readonly user: string; readonly host: string } | undefined
  readonly tags: Readonly<Record<string, string>>
  readonly consoleUsers: readonly ConsoleUser[]
  /** Of the key that will be used, as the console prints them: several users are told apart by it. */
  readonly keyFingerprints?: readonly string[] | undefined
  readonly image?: ImageFacts | undefined
  /** EC2's PlatformDetails of the instance. */
  readonly platform: string
}

/** A server's MaxAuthTries is 6, and fail2ban counts too. */
const MOST_USERS = 3

/**
 * The evidence ladder: who to log in as, strongest first, each with the reason. One who was named on purpose (by choice, in
 * ~/.ssh/config, by the tag `mooring:user`) is the only one tried.
 */
export function guessLogins(facts: LoginFacts): readonly [LoginGuess, ...LoginGuess[]] {
  const named = namedOnPurpose(facts)
  if (named) return [named]
  const ladder = [...otherTags(facts.tags), ...consoleGuesses(facts), ...imageGuesses(facts)]
  const [first, ...rest] = ladder.filter((guess, index) => ladder.findIndex((other) => other.user === guess.user) === index)
  return [first ?? fallback('ec2-user'), ...rest.slice(0, MOST_USERS - 1)]
}

function namedOnPurpose({ choice, sshConfig, tags }: LoginFacts): LoginGuess | undefined {
  if (choice) return { user: choice, reason: 'choice', params: {}, confidence: 'certain' }
  if (sshConfig) return { user: sshConfig.user, reason: 'ssh-config', params: { host: sshConfig.host }, confidence: 'certain' }
  return tagGuess(tags, 'mooring:user', 'certain')
}

/** Other tools' tags are worth the first try, but nobody wrote them for this app. */
function otherTags(tags: LoginFacts['tags']): readonly LoginGuess[] {
  return ['ssh-user', 'SSHUser', 'login'].flatMap((tag) => tagGuess(tags, tag, 'likely') ?? [])
}

function tagGuess(tags: LoginFacts['tags'], tag: string, confidence: LoginGuess['confidence']): LoginGuess | undefined {
  const user = tags[tag]?.trim()
  return user && isUserName(user) ? { user, reason: 'tag', params: { tag }, confidence } : undefined
}

/** A tag's value is whatever somebody in the account wrote: also `user@host` or a sentence. */
function isUserName(text: string): boolean {
  return /^[A-Za-z0-9_][\w.-]{0,63}$/.test(text)
}

function consoleGuesses({ consoleUsers, keyFingerprints = [] }: LoginFacts): readonly LoginGuess[] {
  const holdsKey = ({ fingerprints }: ConsoleUser) => fingerprints.some((fingerprint) => keyFingerprints.includes(fingerprint))
  const holders = consoleUsers.filter(holdsKey)
  return [...holders, ...consoleUsers.filter((user) => !holders.includes(user))].map(({ user }) => ({
    user,
    reason: 'console',
    params: {},
    confidence: 'certain',
  }))
}

function imageGuesses({ image, platform }: LoginFacts): readonly LoginGuess[] {
  const found = (image && fromImage(image)) ?? fromPlatform(image?.platformDetails ?? platform) ?? (image && fromCopied(image))
  const guesses = found ?? (image && fromName(image)) ?? []
  // What is only a guess is followed by other guesses.
  return guesses.some((guess) => guess.confidence !== 'guess') ? guesses : [...guesses, ...anybody.map(fallback)]
}

/** What only the publisher or AWS can have written. */
function fromImage(image: ImageFacts): readonly LoginGuess[] | undefined {
  const { publicParameter: parameter, ownerId = '', name = '' } = image
  const parameterFamily = parameter && familyOf(parameter)
  if (parameterFamily) {
    return usersOf(parameterFamily, parameter).map((user) => ({
      user,
      reason: 'image-parameter',
      params: { parameter },
      confidence: 'likely',
    }))
  }
  const published = families.filter((family) => family.owners[ownerId])
  const vetted = image.ownerAlias === 'amazon' || image.ownerAlias === 'aws-marketplace'
  const family = published.find((candidate) => candidate.pattern.test(name)) ?? (vetted ? familyOf(name) : undefined) ?? only(published)
  if (!family) return undefined
  const owner = family.owners[ownerId] ?? image.ownerAlias ?? ownerId
  return usersOf(family, name).map((user) => ({
    user,
    ...(image.gone ? { reason: 'image-gone', params: { image: name } } : { reason: 'image-owner', params: { owner, image: name } }),
    confidence: 'likely',
  }))
}

/** A billing code, so it cannot be made up; but `Linux/UNIX` is most of them. */
function fromPlatform(platform: string): readonly LoginGuess[] | undefined {
  const family = /^(?:Red Hat|SUSE|Ubuntu|Windows)/.test(platform) ? familyOf(platform) : undefined
  return family && usersOf(family, platform).map((user) => ({ user, reason: 'platform', params: { platform }, confidence: 'likely' }))
}

function fromCopied({ source }: ImageFacts): readonly LoginGuess[] | undefined {
  const guesses = source && (fromImage(source) ?? fromCopied(source))
  return guesses?.map((guess) => ({ ...guess, reason: 'image-source', params: { image: source?.name ?? source?.imageId ?? '' } }))
}

/** Anybody can call an image `debian-…`, and those who build their own keep cloud-init's default users as often as the publisher's. */
function fromName(image: ImageFacts): readonly LoginGuess[] {
  const texts = [image.name, image.description, image.source?.name, image.source?.description]
  for (const text of texts) {
    const family = text && familyOf(text)
    if (!family) continue
    const reason = image.gone ? 'image-gone' : 'image-name'
    const users = [...usersOf(family, text).slice(0, 1), ...(family.selfBuilt ?? []), ...usersOf(family, text).slice(1)]
    return users.map((user) => ({ user, reason, params: { image: image.name ?? text }, confidence: 'guess' }))
  }
  return []
}

function fallback(user: string): LoginGuess {
  return { user, reason: 'default', params: {}, confidence: 'guess' }
}

function only<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined
}
