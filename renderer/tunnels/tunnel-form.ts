import type { Instance, InstanceRef } from '../../contract/models/instance.ts'
import { hostName, portNumber, type Target } from '../../contract/models/terminal.ts'
import type { Forward, Tunnel } from '../../contract/models/tunnel.ts'
import { refKey } from '../api/instances.ts'
import { formatTarget } from '../quick-connect/format.ts'
import { isProblem, parseQuickConnect } from '../quick-connect/parse.ts'

export type Draft = Omit<Tunnel, 'id'> & { readonly id?: string }

/** Instead of an instance's key: the host that is written beside it. */
export const OTHER_HOST = 'host'
export const LOOPBACK = '127.0.0.1'
const EVERYWHERE = '0.0.0.0'

export interface FormValues {
  name: string
  kind: Forward['kind']
  through: string
  host: string
  bindAddress: string
  bindPort: number | string
  toHost: string
  toPort: number | string
  exposed: boolean
  startWithApp: boolean
  startWithTerminal: boolean
}

/** What people open tunnels for, by the port it listens on. */
export const presets = { app: 5000, jupyter: 8888, postgres: 5432, mysql: 3306 } as const
export type Preset = keyof typeof presets | 'custom'

export function presetOf({ toPort }: Pick<FormValues, 'toPort'>): Preset {
  const found = Object.entries(presets).find(([, port]) => port === toPort)
  return (found?.[0] as Preset | undefined) ?? 'custom'
}

export function newDraft(instance: Instance | undefined): Draft {
  return {
    name: '',
    target: instance ? { kind: 'instance', ref: instance.ref } : { kind: 'host', host: '' },
    forward: { kind: 'local', bindAddress: LOOPBACK, bindPort: presets.app, toHost: 'localhost', toPort: presets.app },
    exposed: false,
    startWithApp: false,
  }
}

export function toForm({ name, target, forward, exposed, startWithApp, startWithTerminal = false }: Draft): FormValues {
  const to = forward.kind === 'dynamic' ? { toHost: 'localhost', toPort: presets.app } : forward
  return {
    name,
    kind: forward.kind,
    through: target.kind === 'instance' ? refKey(target.ref) : OTHER_HOST,
    host: target.kind === 'host' && target.host !== '' ? formatTarget(target) : '',
    bindAddress: exposed ? forward.bindAddress : EVERYWHERE,
    bindPort: forward.bindPort,
    toHost: to.toHost,
    toPort: to.toPort,
    exposed,
    startWithApp,
    startWithTerminal,
  }
}

type Problem = 'host' | 'port' | 'address'

/** Which fields cannot stay as they are; the words are under `form.problems`. */
export function problemsOf(values: FormValues): Partial<Record<keyof FormValues, Problem>> {
  const isPort = (port: number | string) => portNumber.safeParse(port).success
  const isHost = (host: string) => hostName.safeParse(host.trim()).success
  return {
    ...(values.through === OTHER_HOST && isProblem(parseQuickConnect(values.host)) && { host: 'host' }),
    ...(!isPort(values.bindPort) && { bindPort: 'port' }),
    ...(values.exposed && !isHost(values.bindAddress) && { bindAddress: 'address' }),
    ...(values.kind !== 'dynamic' && !isHost(values.toHost) && { toHost: 'address' }),
    ...(values.kind !== 'dynamic' && !isPort(values.toPort) && { toPort: 'port' }),
  }
}

/** Its name or address alone, as far as one can be read in what is written. */
export function writtenHost({ host }: Pick<FormValues, 'host'>): string {
  const parsed = parseQuickConnect(host)
  return isProblem(parsed) ? '' : parsed.host
}

/** Of values without problems. `refs`: the instances to choose from. `label`: how a person knows the target, for one without a name. */
export function fromForm(draft: Draft, values: FormValues, refs: readonly InstanceRef[], label: string): Draft {
  const bind = { bindAddress: values.exposed ? values.bindAddress.trim() : LOOPBACK, bindPort: Number(values.bindPort) }
  const to = { toHost: values.toHost.trim(), toPort: Number(values.toPort) }
  return {
    ...(draft.id !== undefined && { id: draft.id }),
    name: values.name.trim() || `${label}:${values.kind === 'remote' || values.kind === 'dynamic' ? bind.bindPort : to.toPort}`,
    target: chosenTarget(draft.target, values, refs),
    forward: values.kind === 'dynamic' ? { kind: 'dynamic', ...bind } : { kind: values.kind, ...bind, ...to },
    exposed: values.exposed,
    startWithApp: values.startWithApp,
    ...(values.startWithTerminal && { startWithTerminal: true }),
  }
}

/** With what was chosen about how to reach it, as long as it is the same. */
function chosenTarget(before: Target, values: FormValues, refs: readonly InstanceRef[]): Target {
  if (before.kind === 'instance' && refKey(before.ref) === values.through) return before
  const ref = refs.find((other) => refKey(other) === values.through)
  if (ref) return { kind: 'instance', ref }
  const parsed = parseQuickConnect(values.host)
  if (isProblem(parsed)) return before
  const { keyPath: _, ...target } = parsed
  const sameKey = before.kind === 'host' && before.host === target.host ? before.choices?.keyId : undefined
  return sameKey ? { ...target, choices: { ...target.choices, keyId: sameKey } } : target
}
