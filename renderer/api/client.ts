import { createORPCClient, ORPCError } from '@orpc/client'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { MooringContract } from '../../contract/contract.ts'
import type { UserErrorData } from '../../contract/errors.ts'
import type { Port } from '../../contract/port.ts'
import { createLink } from './link.ts'

let link: ReturnType<typeof createLink> | undefined

/** Every call of the contract. It outlives connections: a call made while there is none fails with CONNECTION_LOST. */
export const api: ContractRouterClient<MooringContract> = createORPCClient({
  call(path, input, options) {
    if (link) return link.call(path, input, options)
    throw new ORPCError('USER_ERROR', { data: lost })
  },
})

/** The same calls as options for react-query. */
export const query = createTanstackQueryUtils(api)

export function setConnection(port: Port | undefined): void {
  link = port && createLink(port)
}

const lost: UserErrorData = { code: 'CONNECTION_LOST', details: { host: 'Mooring', reason: 'core-restarted' } }

/** What a failed call said. Anything but a USER_ERROR means that the core went away in the middle, or a defect of ours. */
export function toUserError(error: unknown): UserErrorData {
  if (error instanceof ORPCError && error.code === 'USER_ERROR') return error.data as UserErrorData
  if (!link) return lost
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST')
    return { code: 'INVALID_INPUT', details: { field: '', problem: error.message } }
  return { code: 'INTERNAL', details: { reference: error instanceof Error ? error.message : String(error) } }
}
