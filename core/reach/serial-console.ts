import type { Instance } from '../../contract/models/instance.ts'
import type { HostKeyTrust } from '../../contract/models/reach.ts'
import type { Target, TraceStep } from '../../contract/models/terminal.ts'
import type { InstanceConnect } from '../aws/instance-connect.ts'
import type { HostKey, SshKey } from '../ssh/connect.ts'
import { isUserError, UserError } from '../user-error.ts'
import { makeKey, publicKeyLine, SENT_KEY_ID } from './keyless.ts'
import type { Prepared } from './prepare.ts'
import { type SerialEndpoint, serialEndpoint } from './serial-endpoints.ts'

/** Where it is, as a host of its own. Throws UserError SERIAL_CONSOLE_REFUSED where AWS has published no fingerprint. */
export function serialHost(
  { ref }: Instance,
  practiceFingerprint: string | undefined,
): { readonly endpoint: SerialEndpoint; readonly target: Extract<Target, { kind: 'host' }> } {
  const published = serialEndpoint(ref.region)
  if (!published) throw new UserError('SERIAL_CONSOLE_REFUSED', { instanceId: ref.instanceId, region: ref.region, problem: 'region' })
  const endpoint = practiceFingerprint ? { ...published, fingerprint: practiceFingerprint } : published
  // EC2 has one serial port.
  return { endpoint, target: { kind: 'host', host: endpoint.host, choices: { user: `${ref.instanceId}.port0` } } }
}

interface SerialOptions {
  readonly instance: Instance
  readonly target: Target
  readonly endpoint: SerialEndpoint
  readonly instanceConnect: InstanceConnect
  readonly terminalId: string
  readonly signal: AbortSignal
  onStep(step: Omit<TraceStep, 'at'>): void
}

/**
 * The way to a serial console, from the way to its host: with a key that is sent for it, to a host that shows the key that AWS has
 * published and no other, whatever known_hosts or the person's configuration say.
 */
export function asSerialConsole(prepared: Prepared, o: SerialOptions): Prepared {
  const { ref, name } = o.instance
  return {
    ...prepared,
    target: o.target,
    name: name || ref.instanceId,
    plan: {
      ...prepared.plan,
      key: { kind: 'instance-connect', reason: 'choice' },
      address: { host: o.endpoint.host, port: 22, reason: 'serial-console', params: {} },
    },
    // One session an instance: a second tab does not share the first one's, AWS refuses it.
    connectionKey: JSON.stringify(['serial console', ref, o.terminalId]),
    options: {
      ...prepared.options,
      keys: [serialKey(o)],
      certificates: [],
      agent: undefined,
      forwardAgent: undefined,
      hostKeyTypes: [],
      verifyHostKey: (key) => verifyPublished(key, ref.region, o.endpoint.fingerprint),
    },
    explain(error) {
      if (isUserError(error, 'HOST_UNREACHABLE'))
        return new UserError('HOST_UNREACHABLE', { ...error.details, address: o.endpoint.host, port: 22 }, { cause: error })
      if (!isUserError(error, 'AUTHENTICATION_FAILED')) return error
      return new UserError(
        'SERIAL_CONSOLE_REFUSED',
        { instanceId: ref.instanceId, region: ref.region, problem: 'key-not-taken' },
        { cause: error },
      )
    },
  }
}

/** Throws UserError SERIAL_CONSOLE_KEY_WRONG. Nobody is asked: whoever shows another key is not AWS. */
export async function verifyPublished(
  { type, fingerprint }: Pick<HostKey, 'type' | 'fingerprint'>,
  region: string,
  expected: string,
): Promise<HostKeyTrust> {
  if (fingerprint !== expected) throw new UserError('SERIAL_CONSOLE_KEY_WRONG', { region, expected, actual: fingerprint })
  return { reason: 'published-by-aws', algorithm: type, fingerprint }
}

function serialKey({ instance: { ref }, instanceConnect, signal, onStep }: SerialOptions): SshKey {
  const label = 'EC2 Serial Console'
  return {
    id: SENT_KEY_ID,
    label,
    encrypted: false,
    async load(user) {
      const key = makeKey(SENT_KEY_ID, label)
      const tell = (outcome: TraceStep['outcome']) => onStep({ step: 'instance-connect', outcome, params: { user } })
      tell('doing')
      try {
        await instanceConnect.sendSerialKey(ref, publicKeyLine(key), signal)
        tell('ok')
        return key
      } catch (error) {
        tell('failed')
        throw error
      }
    },
  }
}
