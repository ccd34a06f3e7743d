import { z } from 'zod'
import { secret } from '../secret.ts'
import { conflictRule } from './transfer.ts'
import { forward } from './tunnel.ts'

const sizeAndTime = z.object({ size: z.number(), modified: z.string() })

/** Why somebody who is in already is asked: transfers have a connection of their own; sudo wants it before they may be root's. */
const because = z.enum(['transfer', 'root-transfer']).optional()

/** A question that the core asks the person. It stays until answered, across page reloads; cancelling is an answer. */
export const question = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('trust-host-key'),
    host: z.string(),
    port: z.int(),
    instanceId: z.string().optional(),
    algorithm: z.string(),
    fingerprint: z.string(),
    /** OpenSSH's picture of the key, lines joined by `\n`. */
    randomart: z.string(),
    /** Why AWS could not vouch for it. `outdated`: the person said that the key in the console is no longer true. */
    because: z.enum(['not-an-instance', 'console-empty', 'console-without-keys', 'console-not-readable', 'console-outdated']),
  }),
  z.object({
    kind: z.literal('passphrase'),
    label: z.string(),
    fingerprint: z.string().optional(),
    again: z.boolean(),
    canRemember: z.boolean(),
  }),
  z.object({ kind: z.literal('password'), because, user: z.string(), host: z.string(), again: z.boolean(), canRemember: z.boolean() }),
  z.object({
    kind: z.literal('keyboard-interactive'),
    because,
    user: z.string(),
    host: z.string(),
    /** All four are the server's own words: hostile until shown as plain text. */
    name: z.string(),
    instructions: z.string(),
    fields: z.array(z.object({ label: z.string(), echo: z.boolean() })).max(32),
  }),
  /** The host took the password, and wants another before it lets anybody in. `said`: its own words. */
  z.object({ kind: z.literal('new-password'), user: z.string(), host: z.string(), said: z.string(), again: z.boolean() }),
  z.object({ kind: z.literal('fix-key-mode'), label: z.string(), mode: z.string() }),
  /** A command of the person's own ssh_config, before it runs for the first time: as written, and with its tokens filled in. */
  z.object({
    kind: z.literal('run-command'),
    purpose: z.enum(['match', 'proxy']),
    text: z.string(),
    expanded: z.string(),
    file: z.string(),
    line: z.int(),
  }),
  /** What the person's own ssh_config says of forwards, when the first terminal on that host is open. */
  z.object({ kind: z.literal('open-forwards'), host: z.string(), forwards: z.array(forward).max(100) }),
  z.object({ kind: z.literal('mfa-code'), profile: z.string(), serial: z.string(), again: z.boolean() }),
  /** The browser step of IAM Identity Center (RFC 8628). `verificationUri` is https. */
  z.object({ kind: z.literal('sso'), profile: z.string(), verificationUri: z.string(), userCode: z.string(), expiresAt: z.string() }),
  /** A file is in the place already. `source` and `existing` with both sizes and times (ISO 8601); `several`: more may follow. */
  z.object({
    kind: z.literal('transfer-conflict'),
    name: z.string(),
    direction: z.enum(['download', 'upload']),
    source: sizeAndTime,
    existing: sizeAndTime,
    several: z.boolean(),
  }),
  /** Many small files of one transfer could go through the host's own `tar`; until this is answered they go one by one. */
  z.object({ kind: z.literal('transfer-tar'), name: z.string(), host: z.string(), asRoot: z.boolean() }),
])
export type Question = z.infer<typeof question>

export const prompt = z.object({ id: z.string(), terminalId: z.string().optional(), question })
export type Prompt = z.infer<typeof prompt>

export const answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cancel') }),
  z.object({ kind: z.literal('yes') }),
  z.object({ kind: z.literal('no') }),
  /** One value a field; `remember`: keep it in the vault. */
  z.object({ kind: z.literal('values'), values: z.array(secret.or(z.literal(''))).max(32), remember: z.boolean() }),
  /** `always`: so from now on, without a question. */
  z.object({ kind: z.literal('tar'), use: z.boolean(), always: z.boolean() }),
  z.object({ kind: z.literal('conflict'), rule: conflictRule, forAll: z.boolean() }),
])
export type Answer = z.infer<typeof answer>
