import { setImmediate } from 'node:timers/promises'
import { MessageChannel } from 'node:worker_threads'
import { afterEach, expect, test } from 'vitest'
import { type ClonePort, handOver, joinPort } from '../../../../core/transfers/carrier/port-calls.ts'
import { isUserError, UserError } from '../../../../core/user-error.ts'

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

interface Echo {
  echo(value: unknown): Promise<unknown>
  call(back: (value: string) => Promise<string>): Promise<string>
  lend(): Promise<{ twice(value: number): Promise<number> }>
  wait(signal: AbortSignal): Promise<string>
  fail(how: 'person' | 'defect'): Promise<never>
}

async function join() {
  const { port1, port2 } = new MessageChannel()
  closers.push(() => port1.close())
  const echo: Echo = {
    echo: async (value) => value,
    call: (back) => back('asked'),
    lend: async () => ({ twice: async (value) => value * 2 }),
    wait: (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve('stopped'))),
    fail: async (how) => {
      throw how === 'person' ? new UserError('NOT_FOUND', { what: 'it' }) : new RangeError('defect')
    },
  }
  joinPort(port2 as ClonePort, echo)
  const { theirs, end } = joinPort<Echo>(port1 as ClonePort, {})
  return { echo: await theirs, end }
}

test('values come back as they were, bytes as a buffer of their own', async () => {
  const { echo } = await join()
  const bytes = Buffer.from('a part of shared memory')
  const value = { text: 'a', list: [1, undefined, { deep: true }], bytes }
  expect(await echo.echo(value)).toEqual(value)
  const { bytes: back } = (await echo.echo({ bytes })) as { bytes: Buffer }
  expect([Buffer.isBuffer(back), back.buffer.byteLength]).toEqual([true, bytes.length])
})

test('bytes that are handed over are moved, and those that share their memory are copied', async () => {
  const { echo } = await join()
  const own = handOver(Buffer.allocUnsafeSlow(100).fill(1))
  const shared = handOver(Buffer.from('shared'))
  expect(await echo.echo([own, shared])).toEqual([Buffer.alloc(100, 1), Buffer.from('shared')])
  expect([own.length, shared.toString()]).toEqual([0, 'shared'])
})

test('functions are lent both ways, as arguments and as results', async () => {
  const { echo } = await join()
  expect(await echo.call(async (value) => `${value} and answered`)).toBe('asked and answered')
  expect(await (await echo.lend()).twice(21)).toBe(42)
})

test('an abort is heard on the other side', async () => {
  const { echo } = await join()
  const stop = new AbortController()
  const waiting = echo.wait(stop.signal)
  await setImmediate()
  stop.abort()
  expect(await waiting).toBe('stopped')
})

test('what a person may meet stays that, and a defect keeps its words', async () => {
  const { echo } = await join()
  const person = await echo.fail('person').catch((error) => error)
  expect([isUserError(person, 'NOT_FOUND'), person.details]).toEqual([true, { what: 'it' }])
  expect(await echo.fail('defect').catch((error) => `${error.name}: ${error.message}`)).toBe('RangeError: defect')
})

test('when the other side is gone, what waits fails, and what comes later', async () => {
  const { echo, end } = await join()
  const waiting = echo.wait(new AbortController().signal)
  end(new Error('gone'))
  await expect(waiting).rejects.toThrow('gone')
  await expect(echo.echo(1)).rejects.toThrow('gone')
})
