import { join } from 'node:path'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { type FromCore, type FromPage, fromCore } from '../../contract/byte-stream.ts'
import type { MooringContract } from '../../contract/contract.ts'
import type { TerminalState } from '../../contract/models/terminal.ts'
import { fromMessagePort, type Port, type PortMessage } from '../../contract/port.ts'
import { type Core, createCore } from '../../core/core.ts'
import type { CoreHost } from '../../core/host.ts'
import { startPracticeCloud } from '../../demo/start.ts'

export type Client = ContractRouterClient<MooringContract>

/** A page without a screen, on whatever core the ports lead to. */
export interface TestPage {
  readonly client: Client
  openPort(channel: string): Port
  attach(id: string): TestTerminal
  /** The first state of the terminal that satisfies `test`. */
  terminal(id: string, test: (state: TerminalState) => boolean): Promise<TerminalState>
  close(): void
}

/** The core in this process, with such a page. */
export interface TestCore extends Omit<TestPage, 'close'> {
  readonly core: Core
  close(): Promise<void>
}

export interface TestTerminal {
  readonly controls: readonly FromCore[]
  send(text: string): void
  control(message: FromPage): void
  /** Everything printed so far, once `wanted` is in it. */
  until(wanted: string | RegExp): Promise<string>
  /** The first control message of this kind that comes or came. */
  untilControl(kind: FromCore['kind']): Promise<FromCore>
  /** How many bytes came. */
  readonly received: number
  readonly closed: Promise<void>
  close(): void
}

export async function startCore(home: string, environment: Record<string, string> = {}, more: Partial<CoreHost> = {}): Promise<TestCore> {
  const core = await createCore({
    kind: 'browser',
    version: '0.0.0',
    dataFolder: join(home, 'mooring-data'),
    homeFolder: home,
    environment: { HOME: home, ...environment },
    restarted: false,
    startPracticeCloud: () => startPracticeCloud({}),
    ...more,
  })
  function openPort(channel: string): Port {
    const { port1, port2 } = new MessageChannel()
    core.accept(channel, fromMessagePort(port2 as never))
    return fromMessagePort(port1 as never)
  }
  const page = openPage(openPort)
  return {
    ...page,
    core,
    async close() {
      page.close()
      await core.close()
    },
  }
}

export function openPage(openPort: (channel: string) => Port): TestPage {
  const control = openPort('control')
  const client: Client = createORPCClient(
    new RPCLink({
      port: {
        postMessage: (message: PortMessage) => control.post(message),
        onMessage: { addListener: (listener) => control.onMessage(listener) },
        onDisconnect: { addListener: (listener) => control.onClose(listener) },
      },
    }),
  )
  return {
    client,
    openPort,
    attach: (id) => attach(openPort(`terminal/${id}`)),
    async terminal(id, test) {
      return until(await client.terminals.watch(), (terminals) => terminals.find((terminal) => terminal.id === id && test(terminal)))
    },
    close: () => control.close(),
  }
}

/** What `find` makes of the first value for which it makes anything. */
export async function until<Value, Found>(values: AsyncIterable<Value>, find: (value: Value) => Found | undefined): Promise<Found> {
  for await (const value of values) {
    const found = find(value)
    if (found !== undefined) return found
  }
  throw new Error('the core ended before it came to that')
}

function attach(port: Port): TestTerminal {
  const controls: FromCore[] = []
  const waiting = new Set<() => void>()
  const closed = new Promise<void>((resolve) => port.onClose(resolve))
  let text = ''
  let received = 0
  port.onMessage((message) => {
    if (typeof message === 'string') controls.push(fromCore.parse(JSON.parse(message)))
    else {
      received += message.byteLength
      text = (text + Buffer.from(message).toString()).slice(-200_000)
      port.post(JSON.stringify({ kind: 'ack', bytes: message.byteLength }))
    }
    for (const check of waiting) check()
  })
  function wait<Found>(find: () => Found | undefined): Promise<Found> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const found = find()
        if (found === undefined) return
        waiting.delete(check)
        resolve(found)
      }
      waiting.add(check)
      check()
      void closed.then(() => waiting.has(check) && reject(new Error(`the terminal was closed; it had printed: ${text.slice(-500)}`)))
    })
  }
  return {
    controls,
    closed,
    get received() {
      return received
    },
    send: (typed) => port.post(Buffer.from(typed)),
    control: (message) => port.post(JSON.stringify(message)),
    until: (wanted) => wait(() => ((typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)) ? text : undefined)),
    untilControl: (kind) => wait(() => controls.find((message) => message.kind === kind)),
    close: () => port.close(),
  }
}
