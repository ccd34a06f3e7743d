import { z } from 'zod'
import { userErrorData } from '../errors.ts'
import { groupChanges } from './group-change.ts'
import { instanceRef } from './instance.ts'

/** EC2's limits for a tag's key and value. */
export const tagKey = z
  .string()
  .trim()
  .min(1)
  .max(128)
  .regex(/^(?!aws:)/i)
const tagValue = z.string().max(256)
export const instanceTypeName = z
  .string()
  .max(40)
  .regex(/^[a-z0-9][a-z0-9-]*\.[a-z0-9-]+$/)
export const protection = z.enum(['termination', 'stop'])
export type Protection = z.infer<typeof protection>

/** Something that is done to instances. `lift`: their protection is switched off first. */
export const accountChange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start') }),
  z.object({ kind: z.literal('stop'), lift: z.boolean().optional() }),
  z.object({ kind: z.literal('reboot') }),
  z.object({ kind: z.literal('terminate'), lift: z.boolean().optional() }),
  /** A running one is stopped for it and started again. */
  z.object({ kind: z.literal('type'), type: instanceTypeName }),
  z.object({ kind: z.literal('protect'), what: protection, on: z.boolean() }),
  /** Of an instance, with all its disks. `reboot`: it is stopped for a moment, so that its disks are at rest. */
  z.object({
    kind: z.literal('create-image'),
    name: z.string().regex(/^[\w()[\] ./\-'@]{3,128}$/),
    description: z.string().max(255),
    reboot: z.boolean(),
  }),
  /** Of these of its volumes, all at one moment. */
  z.object({
    kind: z.literal('create-snapshots'),
    name: z.string().min(1).max(255),
    volumeIds: z.array(z.string().max(64)).min(1).max(100),
  }),
  z.object({
    kind: z.literal('delete-image'),
    imageId: z.string().max(64),
    snapshotIds: z.array(z.string().max(64)).max(100),
    withSnapshots: z.boolean(),
  }),
  z.object({ kind: z.literal('delete-snapshot'), snapshotId: z.string().max(64) }),
  z.object({ kind: z.literal('tags'), set: z.record(tagKey, tagValue), remove: z.array(tagKey).max(50) }),
  ...groupChanges,
  /** Whether its metadata service insists on session tokens (IMDSv2). */
  z.object({ kind: z.literal('metadata'), tokens: z.enum(['optional', 'required']) }),
])
export type AccountChange = z.infer<typeof accountChange>
export const changeKind = z.enum([
  'start',
  'stop',
  'reboot',
  'terminate',
  'type',
  'protect',
  'tags',
  'create-image',
  'create-snapshots',
  'delete-image',
  'delete-snapshot',
  'groups',
  'create-group',
  'delete-group',
  'metadata',
])

/** What else a person should know before it happens. */
export const changeNote = z.object({
  code: z.enum([
    'sessions-end',
    'address-changes',
    'address-stays',
    'costs-begin',
    'deletes-volumes',
    'keeps-volumes',
    'restarts',
    'for-good',
    'lifts',
    'was',
    'reboots',
    'no-reboot',
    'crash-consistent',
    'backup-costs',
    'deletes-backup',
    'deletes-snapshots',
    'keeps-snapshots',
    'attaches-groups',
    'detaches-groups',
    'makes-group',
    'deletes-group',
    'needs-tokens',
  ]),
  params: z.record(z.string(), z.string()),
})
export type ChangeNote = z.infer<typeof changeNote>

/** What would be done to one thing of the account, exactly. */
export const preparedTarget = z.object({
  /** Its id, and how people call it. */
  target: z.string(),
  name: z.string(),
  region: z.string(),
  /** The equivalent calls of the AWS CLI, a line each, for a POSIX shell. */
  commands: z.array(z.string()),
  /** As IAM names them. */
  actions: z.array(z.string()),
  /** What DryRun said of the first call. `unknown`: it could not be asked. */
  allowed: z.enum(['yes', 'no', 'unknown']),
  problem: userErrorData.optional(),
  /** A protection that stands in the way, and can be switched off. */
  protectedFrom: protection.optional(),
  notes: z.array(changeNote),
})
export type PreparedTarget = z.infer<typeof preparedTarget>

export const preparedChanges = z.object({
  id: z.string(),
  kind: changeKind,
  targets: z.array(preparedTarget),
  /** What has to be typed before it may be carried out. */
  typed: z.string().optional(),
})
export type PreparedChanges = z.infer<typeof preparedChanges>

/** What is waited for, as the AWS CLI's waiters are called. */
export const waiter = z.enum(['instance-running', 'instance-stopped', 'instance-terminated', 'image-available', 'snapshot-completed'])
export type Waiter = z.infer<typeof waiter>

/** One thing of a change under way. `left`: nobody waits any more, AWS goes on by itself. */
export const changeTarget = z.object({
  target: z.string(),
  name: z.string(),
  phase: z.enum(['calling', 'waiting', 'done', 'failed', 'left']),
  waitsFor: waiter.optional(),
  /** Percent, where AWS tells it. */
  progress: z.number().optional(),
  error: userErrorData.optional(),
})
export type ChangeTarget = z.infer<typeof changeTarget>

export const changeState = z.object({
  id: z.string(),
  kind: changeKind,
  /** ISO 8601. */
  at: z.string(),
  profile: z.string(),
  targets: z.array(changeTarget),
  over: z.boolean(),
  /** It can be taken back, by `prepare` with this. */
  canUndo: z.boolean(),
})
export type ChangeState = z.infer<typeof changeState>

/** `refs`: instances; a group that no instance has is named by its own id. */
export const changeRequest = z.object({ refs: z.array(instanceRef).min(1).max(200), change: accountChange })
export type ChangeRequest = z.infer<typeof changeRequest>
