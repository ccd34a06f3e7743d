import { PassThrough } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import type { ClientChannel } from 'ssh2'
import { expect, test } from 'vitest'
import { createOutbox } from '../../../../core/ssh/sftp/outbox.ts'

function open() {
  const channel = new PassThrough()
  const written: Buffer[] = []
  channel.on('data', (bytes) => written.push(bytes))
  return { written, outbox: createOutbox(channel as unknown as ClientChannel) }
}

test('what is put in one turn leaves together, in its order, and the next turn’s by itself', async () => {
  const { written, outbox } = open()
  outbox.put(Buffer.from('open '), Buffer.from('it, '))
  outbox.put(Buffer.from('write'))
  expect(written).toEqual([])
  await setImmediate()
  outbox.put(Buffer.from('close'))
  await setImmediate()
  expect(written.map(String)).toEqual(['open it, write', 'close'])
})

test('a packet is not filled beyond what OpenSSH takes at once, and large data is not copied', async () => {
  const { written, outbox } = open()
  const [small, large] = [Buffer.alloc(20_000, 's'), Buffer.alloc(200_000, 'l')]
  for (const bytes of [small, small, large, small]) outbox.put(bytes)
  await setImmediate()
  expect(written.map(({ length }) => length)).toEqual([20_000, 20_000, 200_000, 20_000])
  expect(written[2]).toBe(large)
})

test('what is there before the end is sent before it', () => {
  const { written, outbox } = open()
  outbox.put(Buffer.from('close'))
  outbox.flush()
  expect(written.map(String)).toEqual(['close'])
})
