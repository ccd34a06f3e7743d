import { z } from 'zod'
import { userErrorData } from '../errors.ts'
import { secret } from '../secret.ts'
import { portNumber } from './terminal.ts'

/** Also the name of a folder and, with `mooring-` before it, of a systemd unit. */
export const appName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
/** POSIX: what a shell takes as the name of a variable. */
export const variableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/)
const commandLine = z
  .string()
  .trim()
  .min(1)
  .max(1000)
  .regex(/^[^\p{Cc}]*$/u)

/** What git fetches from: nothing that it would take as an option or a helper to be run, and no password or token, which are secrets. */
export const gitAddress = z
  .string()
  .trim()
  .max(500)
  .regex(/^(?:(?:https?|git):\/\/(?!-)[^\s\p{Cc}@]+|ssh:\/\/(?!-)(?:[\w.-]+@)?(?!-)[^\s\p{Cc}@]+|(?!-)[\w.-]+@(?!-)[\w.-]+:[^\s\p{Cc}]+)$/u)
export const branchName = z
  .string()
  .trim()
  .max(200)
  .regex(/^(?![-/.])[\w./+-]+$/)
/** Below the project's own folder. */
export const subFolder = z
  .string()
  .trim()
  .max(300)
  .regex(/^(?!\/)(?!.*(?:^|\/)\.\.?(?:\/|$))[\w. /-]+$/)

export const projectSource = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('git'),
    address: gitAddress,
    branch: branchName.optional(),
    folder: subFolder.optional(),
    /** With a key of the app's own, made on the host, that the repository lets in. */
    deployKey: z.boolean(),
  }),
  /** On the core's machine; what is not meant for a server (node_modules, .git, a virtual environment) stays here. */
  z.object({ kind: z.literal('folder'), path: z.string().min(1).max(4096) }),
])
export type ProjectSource = z.infer<typeof projectSource>

export const projectKinds = ['flask', 'fastapi', 'django', 'python', 'node', 'compose', 'go', 'java', 'static', 'own'] as const
export const projectKind = z.enum(projectKinds)

/** How a project becomes a service. The commands run in its folder, by `sh`. */
export const projectPlan = z.object({
  kind: projectKind,
  build: z.array(commandLine).max(20),
  start: commandLine,
  port: portNumber,
})
export type ProjectPlan = z.infer<typeof projectPlan>

export const deploySteps = ['fetch', 'packages', 'settings', 'build', 'service', 'check'] as const
export const deployStep = z.enum(deploySteps)
export type DeployStep = z.infer<typeof deployStep>

/** Made of the time: `20260504T092047`. */
export const releaseId = z.string().regex(/^\d{8}T\d{6}$/)
export const release = z.object({
  id: releaseId,
  /** git's, shortened. */
  commit: z
    .string()
    .regex(/^[0-9a-f]{7,40}$/)
    .optional(),
})

/** Where it listens: by which addresses it can be come at. */
export const listening = z.enum(['everywhere', 'loopback', 'nowhere'])
export type Listening = z.infer<typeof listening>

/** As the host itself has it, so that every computer sees the same. */
export const deployedApp = z.object({
  name: appName,
  source: projectSource,
  plan: projectPlan.optional(),
  /** Names alone; values never come back. */
  variables: z.array(variableName),
  /** The newest first. */
  releases: z.array(release),
  current: releaseId.optional(),
  service: z.enum(['absent', 'running', 'starting', 'stopped', 'failed']),
  /** How often it was started again by itself. */
  restarts: z.int(),
  listening,
  /** Begun, and neither done nor undone. */
  unfinished: z.object({ step: deployStep, release: releaseId }).optional(),
})
export type DeployedApp = z.infer<typeof deployedApp>

export const hostApps = z.object({
  apps: z.array(deployedApp),
  /** Folders whose file is no description of an app. */
  damaged: z.array(z.string()),
  /** `system`: services of the machine. `user`: of the login alone. `none`: there is no systemd. */
  services: z.enum(['system', 'user', 'none']),
})
export type HostApps = z.infer<typeof hostApps>

/** What is to be said before it goes on: how the project runs, and what the machine lacks. */
export const deployQuestion = z.object({
  plan: projectPlan.optional(),
  /** What it was recognised by: a file's name. */
  because: z.string().optional(),
  /** Programs. */
  missing: z.array(z.string()),
  /** What would install them; absent where Mooring cannot. */
  install: z.string().optional(),
})
export type DeployQuestion = z.infer<typeof deployQuestion>

export const deployPhase = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('running') }),
  /** The connection is gone; what runs on the host goes on, and is picked up again. */
  z.object({ kind: z.literal('lost') }),
  z.object({ kind: z.literal('asking'), question: deployQuestion }),
  /** `status`: of the answer on 127.0.0.1. */
  z.object({ kind: z.literal('done'), status: z.int() }),
  /** `unchanged`: what ran before runs on. `switched`: the new release is what runs, or should. */
  z.object({ kind: z.literal('failed'), error: userErrorData, left: z.enum(['unchanged', 'switched']) }),
])

/** One deployment, as long as the app runs. */
export const deployRun = z.object({
  id: z.string(),
  /** As `JSON.stringify` writes the target. */
  targetKey: z.string(),
  app: appName,
  release: releaseId,
  phase: deployPhase,
  steps: z.array(
    z.object({
      step: deployStep,
      state: z.enum(['waiting', 'doing', 'done', 'skipped', 'failed']),
      /** What is run on the host, before it runs. */
      command: z.string().optional(),
    }),
  ),
  /** The last that the commands printed, plain. */
  output: z.string(),
})
export type DeployRun = z.infer<typeof deployRun>

export const variableChanges = z.object({
  set: z.record(variableName, secret),
  unset: z.array(variableName),
})

export const deployWish = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('new'), app: appName, source: projectSource, variables: variableChanges }),
  /** The same source once more. */
  z.object({ kind: z.literal('again'), app: appName, variables: variableChanges }),
  /** What was begun, from the step at which it stopped. */
  z.object({ kind: z.literal('resume'), app: appName }),
])
export type DeployWish = z.infer<typeof deployWish>

export const appAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.enum(['start', 'stop', 'restart']) }),
  z.object({ kind: z.literal('roll-back'), release: releaseId }),
  /** Takes away what was begun; what ran before runs on. */
  z.object({ kind: z.literal('undo') }),
  /** The service, its releases and its settings. */
  z.object({ kind: z.literal('remove') }),
])
export type AppAction = z.infer<typeof appAction>

/** What asking `http://address:port` from outside came to, and why. */
export const outsideLook = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('answers'), url: z.string(), status: z.int() }),
  z.object({ kind: z.literal('fails'), url: z.string(), because: z.enum(['loopback', 'not-listening', 'no-rule', 'refused', 'silent']) }),
  z.object({ kind: z.literal('no-address') }),
])
export type OutsideLook = z.infer<typeof outsideLook>
