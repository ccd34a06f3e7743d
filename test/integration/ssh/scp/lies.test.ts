import type { ServerChannel } from 'ssh2'
import { afterEach, expect, test } from 'vitest'
import { openScp } from '../../../../core/ssh/scp/scp.ts'
import type { Sftp } from '../../../../core/ssh/sftp/sftp.ts'
import { startScpLiar } from '../../../support/scp-liar.ts'
import { connect, options } from '../connecting.ts'

let end: (() => void) | undefined
afterEach(() => end?.())

/** `says`, one after each of our answers. */
async function openOn(...says: readonly string[]): Promise<Sftp> {
  const liar = await startScpLiar((channel: ServerChannel) => {
    const left = [...says]
    channel.on('data', () => {
      const next = left.shift()
      if (next !== undefined) channel.write(Buffer.from(next, 'latin1'))
    })
  })
  const connection = await connect(options(liar.port, { users: ['anybody'], askPassword: async () => 'any' }))
  end = () => {
    connection.close()
    liar.stop()
  }
  return openScp(connection.raw, { silenceMs: 2_000 })
}

async function readHosts(sftp: Sftp, size?: number): Promise<string> {
  const file = await sftp.open(Buffer.from('/etc/hosts'), 'read', size === undefined ? {} : { size })
  const place = Buffer.alloc(100)
  let text = ''
  for (let length = await sftp.read(file, place, 0); length > 0; length = await sftp.read(file, place, text.length)) {
    text += place.toString('latin1', 0, length)
  }
  return text
}

test('an honest host is read', async () => {
  const sftp = await openOn('C0644 5 hosts\n', 'hello\0')
  expect(await readHosts(sftp, 5)).toBe('hello')
  expect(sftp.isClosed).toBe(false)
})

test.each<[string, string[]]>([
  ['offers another name', ['C0644 5 passwd\n', 'hello\0']],
  ['offers a name that leads elsewhere', ['C0644 5 ../hosts\n', 'hello\0']],
  ['offers a folder', ['D0755 0 hosts\n', 'C0644 5 hosts\n', 'hello\0']],
  ['offers times that nobody asked for', ['T1 0 1 0\n', 'C0644 5 hosts\n', 'hello\0']],
  ['offers a size that no file has', ['C0644 99999999999999999999 hosts\n']],
  ['offers a line without an end', ['C'.repeat(10_000)]],
  ['sends more than it offered', ['C0644 5 hosts\n', 'hello, and more\0']],
  ['greets', ['Welcome to this host, dear user\n']],
])('a host that %s is believed no more', async (_, says) => {
  const sftp = await openOn(...says)
  await expect(readHosts(sftp)).rejects.toMatchObject({ name: 'SftpBroken', problem: 'garbled' })
  expect(sftp.isClosed).toBe(true)
})

test.each<[string, string[]]>([
  ['offers nothing', []],
  ['sends less than it offered', ['C0644 500 hosts\n', 'hello']],
])('a host that %s is waited for only so long', async (_, says) => {
  const sftp = await openOn(...says)
  await expect(readHosts(sftp)).rejects.toMatchObject({ name: 'SftpBroken', problem: 'silent' })
})

test('a file that has another size than it was listed with is refused, and nothing else is', async () => {
  const sftp = await openOn('C0644 6 hosts\n', 'hello!\0')
  await expect(readHosts(sftp, 5)).rejects.toMatchObject({ name: 'SftpRefusal' })
  expect(sftp.isClosed).toBe(false)
})

test('what a host complains of is its own reason', async () => {
  const sftp = await openOn('\x01scp: /etc/hosts: Permission denied\n')
  await expect(readHosts(sftp)).rejects.toMatchObject({ name: 'SftpRefusal', status: 3 })
})
