import { cancelled, UserError } from '../../user-error.ts'

/** A worker, or its `parentPort`: what can be cloned goes to the other side, in order. */
export interface ClonePort {
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void
  on(event: 'message', listener: (message: unknown) => void): unknown
}

type Message =
  | { readonly kind: 'root'; readonly value: unknown }
  | { readonly kind: 'call'; readonly call: number; readonly lent: number; readonly values: readonly unknown[] }
  | { readonly kind: 'answer'; readonly call: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly call: number; readonly error: unknown }
  | { readonly kind: 'abort'; readonly signal: number }
  | { readonly kind: 'forget'; readonly lent: number }
  | { readonly kind: 'forget-signal'; readonly signal: number }

type Special =
  | { readonly kind: 'function'; readonly id: number }
  | { readonly kind: 'signal'; readonly id: number; readonly aborted: boolean }
  | { readonly kind: 'user-error'; readonly data: UserError['data'] }
  | { readonly kind: 'error'; readonly name: string; readonly message: string; readonly stack: string | undefined }

type Callable = (...values: unknown[]) => unknown

/** Marks bytes that nobody here looks at any more: where they have their memory to themselves they are handed over instead of copied. */
export function handOver(bytes: Buffer): Buffer {
  if (bytes.byteLength === bytes.buffer.byteLength) handedOver.add(bytes)
  return bytes
}
const handedOver = new WeakSet<Buffer>()

/**
 * Two threads call each other's functions: those of `ours`, and those that are given along as arguments or results, at any depth. On
 * the other side each is a function that returns a promise; it is forgotten once nobody there holds it. Abort signals go along as well, a
 * UserError stays one, and bytes arrive as a Buffer.
 */
export function joinPort<Theirs extends object>(port: ClonePort, ours: object): { theirs: Promise<Theirs>; end(reason: Error): void } {
  const lent = new Map<number, Callable>()
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const signals = new Map<number, AbortController>()
  const theirs = Promise.withResolvers<Theirs>()
  let [lastId, ended] = [0, undefined as Error | undefined]
  const unheld = new FinalizationRegistry<Message>((message) => post(message))

  function post(message: Message, transfer: readonly ArrayBuffer[] = []) {
    if (!ended) port.postMessage(message, transfer)
  }
  function lend(value: unknown, transfer: ArrayBuffer[]): unknown {
    if (typeof value === 'function') {
      lent.set(++lastId, value as Callable)
      return special({ kind: 'function', id: lastId })
    }
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof AbortSignal) {
      const id = ++lastId
      value.addEventListener('abort', () => post({ kind: 'abort', signal: id }), { once: true })
      unheld.register(value, { kind: 'forget-signal', signal: id })
      return special({ kind: 'signal', id, aborted: value.aborted })
    }
    if (value instanceof UserError) return special({ kind: 'user-error', data: value.data })
    if (value instanceof Error) {
      const { name, message, stack } = value
      return special({ kind: 'error', name, message, stack })
    }
    if (value instanceof Uint8Array) {
      if (handedOver.has(value as Buffer)) transfer.push(value.buffer as ArrayBuffer)
      // A part would take all of the memory that it is a part of along.
      return value.byteLength === value.buffer.byteLength ? value : new Uint8Array(value)
    }
    if (Array.isArray(value)) return value.map((item) => lend(item, transfer))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, lend(item, transfer)]))
  }
  function take(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    if (value instanceof Map) return takeSpecial(value.get(SPECIAL) as Special)
    if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    if (Array.isArray(value)) return value.map(take)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, take(item)]))
  }
  function takeSpecial(what: Special): unknown {
    switch (what.kind) {
      case 'function': {
        const theirFunction = (...values: unknown[]) => call(what.id, values)
        unheld.register(theirFunction, { kind: 'forget', lent: what.id })
        return theirFunction
      }
      case 'signal': {
        const controller = new AbortController()
        if (what.aborted) controller.abort(cancelled())
        signals.set(what.id, controller)
        return controller.signal
      }
      case 'user-error':
        return new UserError(what.data.code, what.data.details)
      case 'error':
        return Object.assign(new Error(what.message), { name: what.name, stack: what.stack })
    }
  }
  function call(id: number, values: readonly unknown[]): Promise<unknown> {
    if (ended) return Promise.reject(ended)
    const answer = Promise.withResolvers<unknown>()
    const transfer: ArrayBuffer[] = []
    const message: Message = { kind: 'call', call: ++lastId, lent: id, values: values.map((value) => lend(value, transfer)) }
    waiting.set(message.call, answer)
    post(message, transfer)
    return answer.promise
  }
  async function answer({ call: id, lent: wanted, values }: Extract<Message, { kind: 'call' }>) {
    const transfer: ArrayBuffer[] = []
    try {
      const value = lend(await lent.get(wanted)?.(...values.map(take)), transfer)
      post({ kind: 'answer', call: id, value }, transfer)
    } catch (error) {
      post({ kind: 'failure', call: id, error: lend(error, transfer) })
    }
  }
  function settle(id: number): PromiseWithResolvers<unknown> | undefined {
    const asked = waiting.get(id)
    waiting.delete(id)
    return asked
  }

  port.on('message', (data) => {
    const message = data as Message
    switch (message.kind) {
      case 'root':
        return theirs.resolve(take(message.value) as Theirs)
      case 'call':
        return void answer(message)
      case 'answer':
        return settle(message.call)?.resolve(take(message.value))
      case 'failure':
        return settle(message.call)?.reject(take(message.error))
      case 'abort':
        return signals.get(message.signal)?.abort(cancelled())
      case 'forget-signal':
        return void signals.delete(message.signal)
      case 'forget':
        return void lent.delete(message.lent)
    }
  })
  theirs.promise.catch(() => undefined)
  post({ kind: 'root', value: lend(ours, []) })

  return {
    theirs: theirs.promise,
    end(reason) {
      if (ended) return
      ended = reason
      theirs.reject(reason)
      for (const { reject } of waiting.values()) reject(reason)
      waiting.clear()
      lent.clear()
    },
  }
}

/** What cannot be cloned goes as a Map, which none of our own values is. */
const SPECIAL = 'special'
const special = (what: Special) => new Map([[SPECIAL, what]])
