import { z } from 'zod'
import { userErrorData } from '../errors.ts'
import { groupChanges } from './group-change.ts'
import { instanceRef } from './instance.ts'
import { restoreChanges } from './restore-change.ts'
import { scheduleChanges } from './schedule.ts'

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
  /** A running one is stopped for it and started again; a stopped one is started if so wished. */
  z.object({ kind: z.literal('type'), type: instanceTypeName, start: z.boolean().optional() }),
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
    withSnapshots: z.boolean(),
  }),
  z.object({ kind: z.literal('delete-snapshots'), snapshotIds: z.array(z.string().max(64)).min(1).max(100) }),
  ...restoreChanges,
  ...scheduleChanges,
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
  'delete-snapshots',
  'replace-root',
  'attach-copy',
  'read-backup',
  'end-reading',
  'delete-volume',
  'copy-image',
  'copy-snapshot',
  'share-image',
  'create-schedule',
  'edit-schedule',
  'pause-schedule',
  'resume-schedule',
  'delete-schedule',
  'put-back-schedule',
  'launch',
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
    'snapshot-first',
    'replaces-root',
    'keeps-root',
    'attaches-copy',
    'how-to-mount',
    'unmount-first',
    'reads-backup',
    'mounts',
    'until-done',
    'ends-reading',
    'copies-to',
    'encrypts',
    'shares',
    'unshares',
    'schedule-first',
    'schedule-costs',
    'schedule-role',
    'schedule-reaches',
    'schedule-rests',
    'schedule-keeps',
    'schedule-anew',
    'sets-tag',
    'takes-tag',
    'launch-costs',
    'launch-costs-free',
    'new-group',
    'imports-key',
    'tokens-required',
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

/** What is waited for, as the AWS CLI's waiters are called, and what it has none for. */
export const waiter = z.enum([
  'instance-running',
  'instance-stopped',
  'instance-terminated',
  'image-available',
  'snapshot-completed',
  'volume-available',
  'volume-in-use',
  'root-volume-replaced',
  'host-keys',
])
export type Waiter = z.infer<typeof waiter>

/** `unsure`: it was asked for, and the answer was lost. */
export const changeStep = z.object({ command: z.string(), state: z.enum(['done', 'unsure', 'open']) })

/** One thing of a change under way. `left`: nobody waits any more, AWS goes on by itself. `interrupted`: something is left to do. */
export const changeTarget = z.object({
  /** Its id; of a launch, the new instance's once there is one. */
  target: z.string(),
  name: z.string(),
  region: z.string(),
  phase: z.enum(['calling', 'waiting', 'done', 'failed', 'left', 'interrupted']),
  /** What was done of it and what was not, where it is not whole. */
  steps: z.array(changeStep).optional(),
  /** An instance's own work is `check`, `mount`, `unmount`: of the disk of a backup. */
  waitsFor: z.enum([...waiter.options, 'check', 'mount', 'unmount']).optional(),
  /** Percent, where AWS tells it. */
  progress: z.number().optional(),
  error: userErrorData.optional(),
  /** Of `read-backup`: where on the instance the files are, absolute. */
  folder: z.string().optional(),
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
  /** It can be taken back, by `prepareUndo`; of what is not whole, that which was done. */
  canUndo: z.boolean(),
  /** What is left of it can be done, by `goOn`. */
  canGoOn: z.boolean(),
})
export type ChangeState = z.infer<typeof changeState>

/** `refs`: instances; a group that no instance has is named by its own id. */
export const changeRequest = z.object({ refs: z.array(instanceRef).min(1).max(200), change: accountChange })
export type ChangeRequest = z.infer<typeof changeRequest>
