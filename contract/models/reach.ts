import { z } from 'zod'

/** Why something was concluded: `renderer/words` holds a sentence for each code, under `reasons.<code>`. */
export const loginReasons = [
  'choice', // the person chose it before
  'tag', // {tag}
  'ssh-config', // {host}
  'console', // the console log names it
  'ssm', // {platform}
  'image-parameter', // the public SSM parameter's path {parameter}
  'image-owner', // {owner} {image}
  'image-name', // {image}
  'image-source', // copied from {image}
  'image-gone', // DescribeInstanceImageMetadata: {image}
  'platform', // {platform}
  'product-code',
  'banner', // the server said so
  'default',
] as const
export const keyReasons = [
  'choice',
  'remembered',
  'public-key',
  'fingerprint',
  'console',
  'ssh-config',
  'file-name',
  'only-key',
  'agent',
] as const
export const addressReasons = ['ssh-config', 'choice', 'tag', 'public', 'ipv6', 'private', 'typed', 'serial-console'] as const
export const trustReasons = [
  'verified-by-aws',
  'known',
  'known-instance',
  'accepted',
  'accepted-by-config',
  'certificate',
  'published-by-aws',
] as const

const params = z.record(z.string(), z.string())

export const loginGuess = z.object({
  user: z.string(),
  reason: z.enum(loginReasons),
  params,
  /** Certain: somebody or the machine itself said so. Likely: derived from the image. Guess: worth one try. */
  confidence: z.enum(['certain', 'likely', 'guess']),
})
export type LoginGuess = z.infer<typeof loginGuess>

export const keyMatch = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('found'), keyId: z.string(), label: z.string(), fingerprint: z.string(), reason: z.enum(keyReasons), params }),
  /** The instance's key pair is known, and none of this computer's keys is it. */
  z.object({ kind: z.literal('missing'), keyName: z.string() }),
  /** A key for one login alone, sent by EC2 Instance Connect; `setting`: because the instance's own key is not here. */
  z.object({ kind: z.literal('instance-connect'), reason: z.enum(['choice', 'setting']) }),
  /** Launched without a key pair, or not an instance: keys are tried in ssh's own order. */
  z.object({ kind: z.literal('none') }),
])
export type KeyMatch = z.infer<typeof keyMatch>

export const addressChoice = z.object({ host: z.string(), port: z.int().min(1).max(65535), reason: z.enum(addressReasons), params })
export type AddressChoice = z.infer<typeof addressChoice>

export const hostKeyTrust = z.object({
  reason: z.enum(trustReasons),
  algorithm: z.string(),
  /** `SHA256:…`, as ssh-keygen prints it. */
  fingerprint: z.string(),
})
export type HostKeyTrust = z.infer<typeof hostKeyTrust>

/** Something between this computer and the host, in the order that the bytes take. */
export const routeHop = z.object({
  kind: z.enum(['jump', 'proxy', 'command']),
  /** A host's name, a proxy's address; for a command its first word. */
  name: z.string(),
  /** What else there is to it: the address, the kind of proxy, the whole command. */
  detail: z.string(),
  reason: z.enum(['choice', 'ssh-config', 'tag', 'settings']),
})
export type RouteHop = z.infer<typeof routeHop>

/** What else a terminal may be given; absent: as usual. */
export const extras = z.object({
  /** Land in tmux or screen, and come back to the same session. */
  keepSession: z.boolean().optional(),
  /** Programs there show their windows on this computer. */
  forwardX11: z.boolean().optional(),
})
export type Extras = z.infer<typeof extras>

/** Who, with what, where: what connecting would do, before it is done. */
export const reachPlan = z.object({
  logins: z.array(loginGuess).min(1).max(3),
  key: keyMatch,
  address: addressChoice.optional(),
  /** Empty: straight there. */
  route: z.array(routeHop).max(16),
  /** The way that the person chose, as it was typed. */
  chosenVia: z.string().optional(),
  extras,
  /** What is known of its host key without connecting. */
  hostKey: z.enum(['known', 'in-console', 'unknown']),
})
export type ReachPlan = z.infer<typeof reachPlan>
