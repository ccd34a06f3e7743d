import { expect, it } from 'vitest'
import { fromMessagePort, type PortMessage } from '../../../contract/port.ts'
import { followPort, type Screen } from '../../../renderer/terminal/connection.ts'

/** A real channel; `core` keeps what arrives there, and each message can be waited for. */
function connect(screen: Partial<Screen>) {
  const { port1, port2 } = new MessageChannel()
  const core = fromMessagePort(port1)
  const received: PortMessage[] = []
  let wake = () => {}
  core.onMessage((message) => {
    received.push(message)
    wake()
  })
  const connection = followPort(fromMessagePort(port2), {
    write: (_, parsed) => parsed(),
    control: () => {},
    closed: () => {},
    ...screen,
  })
  async function until(condition: () => boolean) {
    while (!condition()) await new Promise<void>((resolve) => (wake = resolve))
  }
  return { core, received, connection, until, close: () => core.close() }
}
const controls = (received: readonly PortMessage[]) =>
  received.filter((message) => typeof message === 'string').map((text) => JSON.parse(text))
const typed = (received: readonly PortMessage[]) => received.filter((message) => typeof message !== 'string')

it('acknowledges what is parsed, at once when nothing is left to parse', async () => {
  const { core, received, until, close } = connect({})
  core.post(new Uint8Array(100))
  core.post(new Uint8Array(50))
  await until(() => received.length === 2)
  expect(controls(received)).toEqual([
    { kind: 'ack', bytes: 100 },
    { kind: 'ack', bytes: 50 },
  ])
  close()
})

it('acknowledges in batches while more is waiting', async () => {
  const waiting: (() => void)[] = []
  const { core, received, until, close } = connect({
    write: (_, parsed) => {
      if (waiting.push(parsed) === 4) for (const done of waiting.splice(0)) done()
    },
  })
  for (let count = 0; count < 4; count += 1) core.post(new Uint8Array(6000))
  await until(() => received.length === 2)
  expect(controls(received)).toEqual([
    { kind: 'ack', bytes: 18_000 },
    { kind: 'ack', bytes: 6000 },
  ])
  close()
})

it('sends a large paste in order, in slices of 16 KiB', async () => {
  const { received, connection, until, close } = connect({})
  const bytes = Uint8Array.from({ length: 50_000 }, (_, index) => index % 251)
  connection.type(bytes)
  connection.type(Uint8Array.of(13))
  await until(() => received.length === 5)
  const slices = typed(received)
  expect(slices.map(({ length }) => length)).toEqual([16_384, 16_384, 16_384, 848, 1])
  expect(Buffer.concat(slices)).toEqual(Buffer.concat([bytes, Uint8Array.of(13)]))
  close()
})

it('sends what is typed while older output is drawn, and not the answers to what that asks again', async () => {
  const answer = () => connection.answer(Uint8Array.of(1))
  const { core, received, connection, until, close } = connect({
    write: (bytes, parsed) => {
      answer()
      if (bytes.length === 10) connection.type(Uint8Array.of(3))
      parsed()
      if (bytes.length === 1) connection.answer(Uint8Array.of(2))
    },
  })
  core.post(JSON.stringify({ kind: 'started', replayed: 10 }))
  core.post(new Uint8Array(10))
  core.post(new Uint8Array(1))
  await until(() => typed(received).length === 3)
  expect(typed(received).map((bytes) => [...(bytes as Uint8Array)])).toEqual([[3], [1], [2]])
  close()
})

it('says that the other side has closed, but not that it has closed itself', async () => {
  const closed = Promise.withResolvers<string>()
  const theirs = connect({ closed: () => closed.resolve('theirs') })
  theirs.close()
  expect(await closed.promise).toBe('theirs')
  let told = false
  const ours = connect({ closed: () => (told = true) })
  ours.connection.close()
  expect(told).toBe(false)
})
