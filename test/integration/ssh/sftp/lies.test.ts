import { afterEach, expect, test } from 'vitest'
import { ANSWER, packet, REQUEST, uint32 } from '../../../../core/ssh/sftp/packets.ts'
import { openSftp, type Sftp } from '../../../../core/ssh/sftp/sftp.ts'
import { string } from '../../../../core/ssh/wire.ts'
import { type Asked, startSftpLiar } from '../../../support/sftp-liar.ts'
import { connect, options } from '../connecting.ts'

let end: (() => void) | undefined
afterEach(() => end?.())

async function openOn(answer: (asked: Asked) => boolean, o: { silenceMs?: number; extensions?: string[] } = {}): Promise<Sftp> {
  const liar = await startSftpLiar(answer, o.extensions)
  const connection = await connect(options(liar.port, { users: ['anybody'], askPassword: async () => 'any' }))
  end = () => {
    connection.close()
    liar.stop()
  }
  return openSftp(connection.raw, o)
}
const path = Buffer.from('/file')
const on =
  (type: number, answer: (asked: Asked) => void) =>
  (asked: Asked): boolean => {
    if (asked.type === type) answer(asked)
    return asked.type === type
  }
const data = (id: number, bytes: number) => packet(ANSWER.DATA, id, string(Buffer.alloc(bytes)))

test.each<[string, (asked: Asked) => boolean]>([
  ['sends more than was asked for', on(REQUEST.READ, ({ id, send }) => send(data(id, 101)))],
  ['sends nothing and calls it data', on(REQUEST.READ, ({ id, send }) => send(data(id, 0)))],
  ['answers twice', on(REQUEST.READ, ({ id, send }) => send(data(id, 5), data(id, 5)))],
  ['answers what nobody asked', on(REQUEST.READ, ({ send }) => send(data(99, 5)))],
  ['answers something else', on(REQUEST.READ, ({ id, send }) => send(packet(ANSWER.ATTRS, id, uint32(0))))],
  ['says yes instead of giving data', on(REQUEST.READ, ({ status }) => status(0))],
  ['sends a packet of 4 GiB', on(REQUEST.READ, ({ send }) => send(uint32(0xffffffff)))],
  ['sends text', on(REQUEST.READ, ({ send }) => send(Buffer.from('Segmentation fault\r\n')))],
])('a server that %s is believed no more', async (_, answer) => {
  const sftp = await openOn(answer)
  const file = await sftp.open(path, 'read')
  const reading = sftp.read(file, Buffer.alloc(100), 0).then(() => sftp.read(file, Buffer.alloc(100), 5))
  await expect(reading).rejects.toMatchObject({ name: 'SftpBroken', problem: 'garbled' })
  expect([await sftp.closed, sftp.isClosed]).toMatchObject([{ problem: 'garbled' }, true])
})

test.each<[string, Buffer]>([
  ['the same for two files', Buffer.from('same')],
  ['that is empty', Buffer.alloc(0)],
  ['that is longer than one may be', Buffer.alloc(257)],
])('a handle %s is refused', async (_, handle) => {
  const sftp = await openOn(on(REQUEST.OPEN, ({ id, send }) => send(packet(ANSWER.HANDLE, id, string(handle)))))
  const both = sftp.open(path, 'read').then(() => sftp.open(path, 'create'))
  await expect(both).rejects.toMatchObject({ name: 'SftpBroken', problem: 'handle' })
})

test('a handle may come again once its file is closed', async () => {
  const sftp = await openOn(on(REQUEST.OPEN, ({ id, send }) => send(packet(ANSWER.HANDLE, id, string('one')))))
  await sftp.close(await sftp.open(path, 'read'))
  expect(String(await sftp.open(path, 'read'))).toBe('one')
})

test('a server that falls silent is given up, and so is one that never said a word', async () => {
  const sftp = await openOn(
    on(REQUEST.STAT, () => undefined),
    { silenceMs: 50 },
  )
  await expect(sftp.stat(path)).rejects.toMatchObject({ name: 'SftpBroken', problem: 'silent' })
  end?.()
  const opening = openOn(
    on(REQUEST.INIT, () => undefined),
    { silenceMs: 50 },
  )
  await expect(opening).rejects.toMatchObject({ problem: 'silent' })
})

test('a folder that goes on without names is given up, and one that goes on with names is cut', async () => {
  const names = (count: number) =>
    on(REQUEST.READDIR, ({ id, send }) =>
      send(packet(ANSWER.NAME, id, uint32(count), ...Array.from({ length: count }, () => [string('x'), string(''), uint32(0)]).flat())),
    )
  const empty = await openOn(names(0))
  await expect(empty.list(path, { most: 10 })).rejects.toMatchObject({ name: 'SftpBroken', problem: 'endless' })
  end?.()
  const endless = await openOn(names(100))
  const { entries, more } = await endless.list(path, { most: 1_000 })
  expect([entries.length, more]).toEqual([1_000, true])
})

test('limits that are absurd are not taken at their word', async () => {
  const limits = (read: number[], write: number[]) =>
    on(REQUEST.EXTENDED, ({ id, send }) => send(packet(ANSWER.EXTENDED, id, ...[0, 0, ...read, ...write, 0, 0].map(uint32))))
  const huge = await openOn(limits([9, 9], [0, 0]), { extensions: ['limits@openssh.com'] })
  expect(await huge.limits()).toEqual({ readBytes: 261_120, writeBytes: 261_120 })
  end?.()
  const tiny = await openOn(limits([0, 1], [0, 40_000]), { extensions: ['limits@openssh.com'] })
  expect(await tiny.limits()).toEqual({ readBytes: 1_024, writeBytes: 40_000 })
})

test('what is asked of a channel that has ended says so', async () => {
  const sftp = await openOn(() => false)
  sftp.end()
  await expect(sftp.stat(path)).rejects.toMatchObject({ name: 'SftpBroken', problem: 'closed' })
})
