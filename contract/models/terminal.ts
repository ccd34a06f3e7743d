import { z } from 'zod'
import { exitStatus } from '../byte-stream.ts'
import { userErrorData } from '../errors.ts'
import { windowId } from './app-window.ts'
import { instanceRef } from './instance.ts'
import { addressChoice, extras, hostKeyTrust, keyMatch, loginGuess, routeHop } from './reach.ts'

export const hostName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\s@/]+$/)
export const userName = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[^\s@:]+$/)
export const via = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^[^\s\p{Cc}]+$/u)
export const portNumber = z.int().min(1).max(65535)

/** What a person may have fixed; everything absent is found out. `keyId` as `keys.list` gives it. */
export const connectChoices = z.object({
  user: userName.optional(),
  port: portNumber.optional(),
  keyId: z.string().optional(),
  address: hostName.optional(),
  /** The way there: `direct`, an instance's id, `user@host:port,…` as ssh's -J, or a proxy as `socks5://user@host:port`. */
  via: via.optional(),
  /** An instance, with a key that EC2 Instance Connect lets in for this login alone; `false`: never by itself. */
  instanceConnect: z.boolean().optional(),
  ...extras.shape,
})
export type ConnectChoices = z.infer<typeof connectChoices>

/** Its files, without a shell. */
const filesOnly = z.literal(true).optional()

export const target = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('instance'),
    ref: instanceRef,
    choices: connectChoices.optional(),
    /** Its serial console, instead of its SSH server. */
    serial: z.literal(true).optional(),
    filesOnly,
  }),
  z.object({ kind: z.literal('host'), host: hostName, choices: connectChoices.optional(), filesOnly }),
])
export type Target = z.infer<typeof target>

/** A shell of this computer; `shell` as `terminals.shells` gives it, the person's own without. */
export const localTarget = z.object({ kind: z.literal('local'), shell: z.string().max(300).optional() })
export type LocalTarget = z.infer<typeof localTarget>

/** What a terminal can be opened on. */
export const terminalTarget = z.discriminatedUnion('kind', [...target.options, localTarget])
export type TerminalTarget = z.infer<typeof terminalTarget>

export const localShell = z.object({ id: z.string(), name: z.string() })
export type LocalShell = z.infer<typeof localShell>

/** What is being done or was tried; the words are under `steps.<code>`. */
export const traceSteps = [
  'looking-up', // the instance's facts {what}
  'address', // {address} {port}
  'tcp', // {address} {port}
  'waiting', // for the server's name, after a while
  'server', // {software}
  'algorithms', // {kex} {hostKey} {cipher}
  'host-key', // {algorithm} {fingerprint} {trust}
  'asking', // {question}
  'user', // {user}
  'instance-connect', // {user}: a key for this login is sent
  'key', // {user} {label} {fingerprint} {type}
  'agent', // {user} {socket}
  'certificate', // {user} {label} {name} {authority}
  'password', // {user}
  'keyboard-interactive', // {user}
  'through', // {name}: a connection through it was open already
  'proxy', // {address}
  'command', // {command}
  'not-followed', // {file} {line} {directive}: of ssh_config
  'server-says', // {text}: a banner
  'offered', // {methods}
  'follow', // {user}: the server named another user
  'shell',
] as const
export const traceStep = z.object({
  /** Milliseconds since connecting began. */
  at: z.int(),
  step: z.enum(traceSteps),
  outcome: z.enum(['doing', 'ok', 'failed']),
  params: z.record(z.string(), z.string()),
  /** The name of what it was done to, on the way to the host. */
  hop: z.string().optional(),
})
export type TraceStep = z.infer<typeof traceStep>

export const terminalPhase = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('connecting') }),
  z.object({ kind: z.literal('open') }),
  /** The shell ended by itself. */
  z.object({ kind: z.literal('exited'), exit: exitStatus }),
  z.object({ kind: z.literal('failed'), error: userErrorData }),
  /** Was open and lost its connection. `retryAt` ISO 8601: when it tries again by itself. */
  z.object({ kind: z.literal('lost'), error: userErrorData, retryAt: z.string().optional() }),
])
export type TerminalPhase = z.infer<typeof terminalPhase>

/** `none`: the host has neither. */
export const keptSession = z.object({ by: z.enum(['tmux', 'screen', 'none']), name: z.string() })
export type KeptSession = z.infer<typeof keptSession>

/** The file on this computer to which its output goes. `problem`: it could not be written any more. */
export const terminalLog = z.object({ path: z.string(), format: z.enum(['plain', 'raw']), problem: userErrorData.optional() })
export type TerminalLog = z.infer<typeof terminalLog>

export const terminalState = z.object({
  id: z.string(),
  target: terminalTarget,
  /** Where its tab is; absent: in the main window. */
  window: windowId.optional(),
  /** The instance's name or id, the host, or the shell. */
  name: z.string(),
  phase: terminalPhase,
  trace: z.array(traceStep).max(200),
  /** Found out so far. */
  login: loginGuess.optional(),
  key: keyMatch.optional(),
  address: addressChoice.optional(),
  hostKey: hostKeyTrust.optional(),
  route: z.array(routeHop).max(16).optional(),
  chosenVia: z.string().optional(),
  /** Round trip of the last keep-alive, milliseconds. */
  roundTripMs: z.number().optional(),
  /** Shares its connection with another terminal. */
  shared: z.boolean(),
  /** The person's agent can be used from there: ForwardAgent. */
  forwardsAgent: z.boolean().optional(),
  /** Of what was asked for. */
  extras: extras.optional(),
  kept: keptSession.optional(),
  /** No shell belongs to it: nobody wanted one, or the host gives files and nothing else. */
  filesOnly: z.enum(['chosen', 'no-shell']).optional(),
  log: terminalLog.optional(),
  /** Whether programs there can show their windows here, where that was asked for. */
  x11: z.enum(['on', 'no-display', 'refused']).optional(),
})
export type TerminalState = z.infer<typeof terminalState>
