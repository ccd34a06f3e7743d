import type { InstanceRef } from '../../contract/models/instance.ts'
import { isUserError } from '../user-error.ts'
import type { Clients } from './clients.ts'
import type { Profiles } from './profiles/profiles.ts'

export type Place = Pick<InstanceRef, 'profile' | 'region'>
/** What SendCommand is asked for; its names are the API's, as the CLI writes them too. */
export interface SentCommand {
  readonly DocumentName: string
  readonly InstanceIds: string[]
  readonly Parameters: Record<string, string[]>
  readonly MaxConcurrency: string
  readonly MaxErrors: string
  readonly Comment: string
}
export interface Invoked {
  readonly instanceId: string
  /** CommandInvocationStatus, or `Terminated` where the command ended because others had failed. */
  readonly status: string
  /** As the API words it: `Execution Timed Out`. */
  readonly details: string
}
/** Numbers of patches. */
export interface Patched {
  readonly instanceId: string
  readonly operation: string
  /** Milliseconds of the epoch, by AWS's clock. */
  readonly endedAt: number
  readonly missing: number
  readonly security: number
  /** Those that wait for a restart among them. */
  readonly installed: number
  readonly waitForRestart: number
  readonly failed: number
}

/** Run Command and Patch Manager. Each throws UserError AWS_NOT_ALLOWED, which names the action, and what AWS answers. */
export interface SystemsManager {
  /** The instances whose agent answers, and whether they are Windows. */
  online(place: Place, signal?: AbortSignal): Promise<ReadonlyMap<string, { readonly windows: boolean }>>
  /** At most 50 instances. */
  send(place: Place, command: SentCommand): Promise<{ readonly id: string; readonly at: number }>
  /** How far it is; `over`: no instance will be added any more. */
  look(place: Place, commandId: string, signal?: AbortSignal): Promise<{ readonly over: boolean; readonly invoked: readonly Invoked[] }>
  /** The first 24,000 characters, and 8,000 of the errors: no more is kept. `plugin`: the document's step. */
  output(place: Place, at: { commandId: string; instanceId: string; plugin?: string }): Promise<string>
  cancel(place: Place, commandId: string, instanceIds?: readonly string[]): Promise<void>
  patched(place: Place, instanceIds: readonly string[], signal?: AbortSignal): Promise<readonly Patched[]>
}

export function createSystemsManager(profiles: Profiles, clients: Clients): SystemsManager {
  const at = ({ profile, region }: Place) => ({ profile: profiles.open(profile), region })
  const id = (commandId: string) => ({ CommandId: commandId })

  return {
    async online(place, signal) {
      const found = new Map<string, { windows: boolean }>()
      const list = await pages(async (NextToken) =>
        clients.systemsManager(
          at(place),
          'DescribeInstanceInformation',
          (ssm, o) => ssm.describeInstanceInformation({ NextToken }, o),
          signal,
        ),
      )
      for (const { InstanceId, PingStatus, PlatformType } of list.flatMap((page) => page.InstanceInformationList ?? []))
        if (InstanceId && PingStatus === 'Online') found.set(InstanceId, { windows: PlatformType === 'Windows' })
      return found
    },
    async send(place, command) {
      const { Command } = await clients.systemsManager(at(place), 'SendCommand', (ssm, o) => ssm.sendCommand(command, o))
      return { id: Command?.CommandId ?? '', at: Command?.RequestedDateTime?.getTime() ?? 0 }
    },
    async look(place, commandId, signal) {
      const { Commands = [] } = await clients.systemsManager(
        at(place),
        'ListCommands',
        (ssm, o) => ssm.listCommands(id(commandId), o),
        signal,
      )
      const list = await pages((NextToken) =>
        clients.systemsManager(
          at(place),
          'ListCommandInvocations',
          (ssm, o) => ssm.listCommandInvocations({ ...id(commandId), NextToken }, o),
          signal,
        ),
      )
      const invoked = list
        .flatMap((page) => page.CommandInvocations ?? [])
        .map(({ InstanceId = '', Status = '', StatusDetails = '' }) => ({
          instanceId: InstanceId,
          status: StatusDetails === 'Terminated' ? StatusDetails : Status,
          details: StatusDetails || Status,
        }))
      return { over: Commands.every(({ Status = '' }) => COMMAND_OVER.has(Status)), invoked }
    },
    async output(place, { commandId, instanceId, plugin }) {
      const input = { ...id(commandId), InstanceId: instanceId, ...(plugin ? { PluginName: plugin } : {}) }
      try {
        const told = await clients.systemsManager(at(place), 'GetCommandInvocation', (ssm, o) => ssm.getCommandInvocation(input, o))
        return [told.StandardOutputContent, told.StandardErrorContent].filter(Boolean).join('\n')
      } catch (error) {
        // Its turn has not come.
        if (isUserError(error, 'AWS_REFUSED') && error.details.awsCode === 'InvocationDoesNotExist') return ''
        throw error
      }
    },
    async cancel(place, commandId, InstanceIds) {
      const input = { ...id(commandId), ...(InstanceIds ? { InstanceIds: [...InstanceIds] } : {}) }
      await clients.systemsManager(at(place), 'CancelCommand', (ssm, o) => ssm.cancelCommand(input, o))
    },
    async patched(place, instanceIds, signal) {
      const found: Patched[] = []
      for (let from = 0; from < instanceIds.length; from += MOST_IDS) {
        const InstanceIds = instanceIds.slice(from, from + MOST_IDS)
        const { InstancePatchStates = [] } = await clients.systemsManager(
          at(place),
          'DescribeInstancePatchStates',
          (ssm, o) => ssm.describeInstancePatchStates({ InstanceIds }, o),
          signal,
        )
        for (const each of InstancePatchStates) {
          const waitForRestart = each.InstalledPendingRebootCount ?? 0
          found.push({
            instanceId: each.InstanceId ?? '',
            operation: each.Operation ?? '',
            endedAt: each.OperationEndTime?.getTime() ?? 0,
            missing: each.MissingCount ?? 0,
            security: each.SecurityNonCompliantCount ?? 0,
            installed: (each.InstalledCount ?? 0) + waitForRestart,
            waitForRestart,
            failed: each.FailedCount ?? 0,
          })
        }
      }
      return found
    },
  }
}

/** The API's own, of SendCommand and DescribeInstancePatchStates. */
export const MOST_IDS = 50
const COMMAND_OVER = new Set(['Success', 'Cancelled', 'Failed', 'TimedOut'])
/** Far more than an account's region has; a service that never comes to an end is not followed. */
const MOST_PAGES = 200

async function pages<Page extends { NextToken?: string | undefined }>(
  fetch: (token: string | undefined) => Promise<Page>,
): Promise<Page[]> {
  const found: Page[] = []
  let token: string | undefined
  do {
    const page = await fetch(token)
    found.push(page)
    token = page.NextToken
  } while (token && found.length < MOST_PAGES)
  return found
}
