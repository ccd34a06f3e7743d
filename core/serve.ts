import { implement, ORPCError, type Router } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { contract } from '../contract/contract.ts'
import type { Port, PortMessage } from '../contract/port.ts'
import type { Log } from './log.ts'
import { toUserError } from './user-error.ts'

/** The contract's procedures, to be implemented; whatever they throw reaches the page as USER_ERROR. */
export function implementContract(log: Log) {
  return implement(contract).use(async ({ next }) => {
    try {
      return await next()
    } catch (error) {
      if (error instanceof ORPCError) throw error
      throw new ORPCError('USER_ERROR', { defined: true, data: toUserError(error, log) })
    }
  })
}

export type CoreRouter = Router<typeof contract, Record<never, never>>

/** Answers the calls that come through a port until it closes; then what still runs is aborted. */
export function createServer(router: CoreRouter): (port: Port) => void {
  const handler = new RPCHandler(router)
  return (port) =>
    handler.upgrade({
      postMessage: (message: PortMessage) => port.post(message),
      onMessage: { addListener: (listener) => port.onMessage(listener) },
      onDisconnect: { addListener: (listener) => port.onClose(listener) },
    })
}
