import { randomBytes } from 'node:crypto'
import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Connection } from '../../../../core/ssh/connection.ts'
import { openSftp, type Sftp } from '../../../../core/ssh/sftp/sftp.ts'
import { type Peer, startAsyncssh, startDropbear } from '../../../support/sftp-peers.ts'
import { makeKey, startSshd } from '../../../support/sshd.ts'
import { connect, options, plainKey } from '../connecting.ts'

const root = mkdtempSync(join(tmpdir(), 'mooring-every-call-'))
const key = makeKey(join(root, 'key'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const startOpenssh = async (): Promise<Peer> => {
  const sshd = await startSshd({ authorizedKeys: [key.publicKey] })
  return { ...sshd, stop: () => void sshd.stop() }
}
const SERVERS = [
  ['OpenSSH', startOpenssh],
  ['dropbear with OpenSSH’s sftp-server', () => startDropbear(root, key)],
  ['asyncssh', () => startAsyncssh(root, key)],
] as const

let count = 0
describe.each(SERVERS)('%s', (name, start) => {
  let peer: Peer
  let connection: Connection
  let sftp: Sftp
  let folder: string
  const at = (inner: string | Buffer) => Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(inner)])

  beforeAll(async () => {
    peer = await start()
    connection = await connect(options(peer.port, { users: [peer.user], keys: [plainKey(key)] }))
    sftp = await openSftp(connection.raw)
  })
  afterAll(() => {
    connection.close()
    peer.stop()
  })
  beforeEach(() => {
    folder = join(root, `folder-${count++}`)
    mkdirSync(folder)
  })

  async function write(path: string, bytes: Buffer) {
    const file = await sftp.open(at(path), 'create', { mode: 0o640 })
    await sftp.write(file, bytes, 0)
    await sftp.close(file)
  }

  test('writes and reads any amount, and says where a file ends', async () => {
    const bytes = randomBytes(1_000_003)
    await write('file', bytes)
    expect(readFileSync(join(folder, 'file')).equals(bytes)).toBe(true)
    const file = await sftp.open(at('file'), 'read')
    const place = Buffer.alloc(bytes.length)
    let position = 0
    while (position < bytes.length) position += await sftp.read(file, place.subarray(position), position)
    expect([position, place.equals(bytes), await sftp.read(file, Buffer.alloc(9), bytes.length)]).toEqual([bytes.length, true, 0])
    await sftp.close(file)
  })

  test('changes modes, times, owners and sizes, of open files as well, and tells them', async () => {
    await write('file', Buffer.from('twelve bytes'))
    const { uid, gid } = statSync(join(folder, 'file'))
    await sftp.setstat(at('file'), { mode: 0o604, modified: 1_500_000_000 })
    await sftp.setstat(at('file'), { uid, gid })
    expect(await sftp.stat(at('file'))).toMatchObject({
      size: 12,
      mode: 0o100604,
      uid,
      gid,
      modified: 1_500_000_000,
      accessed: 1_500_000_000,
    })
    const file = await sftp.open(at('file'), 'update')
    await sftp.fsetstat(file, { size: 6, mode: 0o600 })
    await sftp.fsetstat(file, { accessed: 5, modified: 1_400_000_000 })
    expect(await sftp.fstat(file)).toMatchObject({ size: 6, mode: 0o100600, modified: 1_400_000_000 })
    await sftp.close(file)
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('twelve')
  })

  test('makes, renames and removes files, folders and links, whose names are bytes', async () => {
    const name = Buffer.from('caf\xe9', 'latin1')
    await sftp.mkdir(at(name), { mode: 0o700 })
    expect(statSync(at(name)).mode & 0o777).toBe(0o700)
    await sftp.rename(at(name), at('café'))
    await sftp.symlink(Buffer.from('café'), at('link'))
    expect([readlinkSync(join(folder, 'link')), String(await sftp.readlink(at('link')))]).toEqual(['café', 'café'])
    expect([(await sftp.lstat(at('link'))).mode, (await sftp.stat(at('link'))).mode]).toEqual([0o120777, 0o040700])
    await write('café/inside', Buffer.from('x'))
    expect((await sftp.list(at('café'), { most: 10 })).entries.map((entry) => String(entry.name))).toEqual(['inside'])
    await expect(sftp.rmdir(at('café'))).rejects.toMatchObject({ name: 'SftpRefusal' })
    await sftp.remove(at('café/inside'))
    await sftp.remove(at('link'))
    await sftp.rmdir(at('café'))
    expect([existsSync(join(folder, 'café')), await sftp.realpath(at('.'))]).toEqual([false, Buffer.from(folder)])
  })

  test('replaces a file by another, and keeps one that is to be new', async () => {
    await write('old', Buffer.from('old'))
    await write('new', Buffer.from('new'))
    await expect(sftp.open(at('old'), 'create-new')).rejects.toMatchObject({ name: 'SftpRefusal' })
    await sftp.replace(at('new'), at('old'))
    expect([readFileSync(join(folder, 'old'), 'utf8'), existsSync(join(folder, 'new'))]).toEqual(['new', false])
  })

  test('says no with a status, and goes on', async () => {
    await expect(sftp.stat(at('missing'))).rejects.toMatchObject({ name: 'SftpRefusal', status: 2 })
    await expect(sftp.open(at('missing'), 'read')).rejects.toMatchObject({ status: 2 })
    expect(sftp.isClosed).toBe(false)
  })

  test('does with extensions what it offers, and what it does not offer is refused here', async () => {
    await write('file', Buffer.from('content'))
    symlinkSync('nowhere', join(folder, 'link'))
    const file = await sftp.open(at('file'), 'update')
    const copy = await sftp.open(at('copy'), 'create')
    const calls = {
      'posix-rename@openssh.com': () => sftp.posixRename(at('file'), at('renamed')),
      'hardlink@openssh.com': () => sftp.hardlink(at('renamed'), at('other')),
      'fsync@openssh.com': () => sftp.fsync(file),
      'statvfs@openssh.com': async () => expect((await sftp.statvfs(at('.'))).total).toBeGreaterThan(1_000_000),
      'lsetstat@openssh.com': async () => {
        await sftp.lsetstat(at('link'), { modified: 1_000_000_000 })
        expect(lstatSync(join(folder, 'link')).mtimeMs).toBe(1_000_000_000_000)
      },
      'copy-data': async () => {
        await sftp.copyData(file, copy)
        expect(readFileSync(join(folder, 'copy'), 'utf8')).toBe('content')
      },
    } as const
    const offered: string[] = []
    for (const [extension, call] of Object.entries(calls)) {
      if (sftp.can(extension as keyof typeof calls)) {
        await call()
        offered.push(extension)
      } else await expect(call()).rejects.toMatchObject({ status: 8 })
    }
    const all = Object.keys(calls)
    expect(offered).toEqual(name === 'asyncssh' ? all.slice(0, 4) : all)
    expect(await sftp.limits()).toEqual(
      name === 'asyncssh' ? { readBytes: 261_120, writeBytes: 32_768 } : { readBytes: 261_120, writeBytes: 261_120 },
    )
  })
})
