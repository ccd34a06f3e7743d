import { mkdir, readdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import ssh2, { type SFTPWrapper } from 'ssh2'
import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { connect, type Outcome, run, sshArguments, usePractice } from './practice.ts'

const practice = usePractice()
let home: string
let local: string

beforeAll(async () => {
  home = await realpath(join(dirname(practice.cloud.sshConfigFile), 'machines/i-0a41c7e92b5d3f801/home/ubuntu'))
  local = join(practice.folder, 'local')
  await mkdir(local)
})
beforeEach(async () => {
  await rm(join(home, 'work'), { recursive: true, force: true })
  await mkdir(join(home, 'work'))
})

describe("a practice machine's files, with OpenSSH's sftp", () => {
  it('starts in the home folder, which the shell has too, with something to look at', async () => {
    const { out } = await sftp('pwd', 'ls -a')
    expect(out).toContain(`Remote working directory: ${home}`)
    expect(out).toMatch(/welcome\.txt/)
    expect(out).toMatch(/\.bashrc/)
    expect((await sftp('ls -l logs')).out).toMatch(/-rw-r--r--\s.*\sapp\.log/)
  })

  it('puts and gets back every byte of a large file, with its mode and times', async () => {
    const content = Buffer.alloc(9_000_001, 'practice cloud ')
    await writeFile(join(local, 'up'), content, { mode: 0o640 })
    expect(await sftp(`put -p ${local}/up work/up`, `get -p work/up ${local}/down`)).toMatchObject({ code: 0 })
    expect((await readFile(join(local, 'down'))).equals(content)).toBe(true)
    const [sent, stored] = await Promise.all([join(local, 'up'), join(home, 'work/up')].map((file) => run('stat', ['-c', '%a %Y', file])))
    expect(stored?.out).toBe(sent?.out)
  })

  it('replaces a file, continues one, and appends none of the old', async () => {
    await writeFile(join(local, 'a'), 'new')
    await writeFile(join(home, 'work/a'), 'a much longer old text')
    expect(await sftp(`put ${local}/a work/a`)).toMatchObject({ code: 0 })
    expect(await readFile(join(home, 'work/a'), 'utf8')).toBe('new')
    await writeFile(join(local, 'a'), 'new and longer')
    expect(await sftp(`reput ${local}/a work/a`)).toMatchObject({ code: 0 })
    expect(await readFile(join(home, 'work/a'), 'utf8')).toBe('new and longer')
  })

  it('makes, lists, renames and removes files and folders', async () => {
    await writeFile(join(home, 'work/file'), 'x')
    const { code, out } = await sftp(
      ...['mkdir work/folder', 'rename work/file work/folder/renamed', 'ls work/folder', 'chmod 600 work/folder/renamed'],
      ...['ls -l work/folder', 'rm work/folder/renamed', 'rmdir work/folder', 'ls -1 work'],
    )
    expect(code).toBe(0)
    expect(out).toMatch(/-rw-------.*renamed/)
    expect(out.trim().endsWith('ls -1 work')).toBe(true)
  })

  it('lists a folder of a thousand', async () => {
    await Promise.all(Array.from({ length: 1_000 }, (_, index) => writeFile(join(home, `work/file-${index}`), '')))
    const { out } = await sftp('ls -1 work')
    expect(out.match(/work\/file-\d+/g)).toHaveLength(1_000)
  })

  it('makes links and reads them', async () => {
    await writeFile(join(home, 'work/file'), 'linked to')
    expect(await sftp('cd work', 'symlink file link', `get link ${local}/link`, 'ls -l')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/lrwxrwxrwx.*link/),
    })
    expect(await readFile(join(local, 'link'), 'utf8')).toBe('linked to')
    expect((await run('readlink', [join(home, 'work/link')])).out.trim()).toBe('file')
  })

  it('carries a whole tree both ways', async () => {
    await mkdir(join(local, 'tree/deep/deeper'), { recursive: true })
    await writeFile(join(local, 'tree/deep/deeper/ñandú.txt'), 'hola')
    expect(await sftp(`put -r ${local}/tree work/tree`, `get -r work/tree ${local}/back`)).toMatchObject({ code: 0 })
    expect(await readFile(join(local, 'back/deep/deeper/ñandú.txt'), 'utf8')).toBe('hola')
  })

  it('says what is missing, and refuses to replace by renaming', async () => {
    await writeFile(join(home, 'work/a'), 'a')
    await writeFile(join(home, 'work/b'), 'b')
    expect((await sftp('get nothing')).err).toMatch(/not found/)
    expect((await sftp('rename work/a work/b')).err).toMatch(/Failure/)
    expect(await readFile(join(home, 'work/b'), 'utf8')).toBe('b')
  })

  it('keeps a home folder that its user has moved things in', async () => {
    await rename(join(home, 'logs'), join(home, 'old-logs'))
    expect((await sftp('ls -1')).out).toContain('old-logs')
  })
})

describe('what leads out of the home folder', () => {
  it.each<[string, (sftp: SFTPWrapper, done: Done) => void]>([
    ['listing the root', (sftp, done) => sftp.readdir('/', done)],
    ['reading a file of this computer', (sftp, done) => sftp.open('/etc/hostname', 'r', done)],
    ['asking for one', (sftp, done) => sftp.stat('/etc/hostname', done)],
    ['climbing up', (sftp, done) => sftp.readdir('../..', done)],
    ['a neighbour whose name begins alike', (sftp, done) => sftp.readdir('../ubuntu2', done)],
    ['a link to a folder outside', (sftp, done) => sftp.open('work/out/secret', 'r', done)],
    ['a link to a file outside', (sftp, done) => sftp.open('work/secret', 'r', done)],
    ['changing what a link leads to', (sftp, done) => sftp.chmod('work/secret', 0o777, done)],
    ['a new file behind a link', (sftp, done) => sftp.open('work/out/new', 'w', done)],
    ['a new folder', (sftp, done) => sftp.mkdir(join(practice.folder, 'outside/new'), done)],
    ['renaming to it', (sftp, done) => sftp.rename('welcome.txt', '../welcome.txt', done)],
    ['renaming from it', (sftp, done) => sftp.rename(join(practice.folder, 'outside/secret'), 'stolen', done)],
    ['removing in it', (sftp, done) => sftp.unlink('work/out/secret', done)],
    ['linking in it', (sftp, done) => sftp.symlink('x', '../link', done)],
  ])('is denied: %s', async (_what, request) => {
    const outside = join(practice.folder, 'outside')
    await mkdir(outside, { recursive: true })
    await writeFile(join(outside, 'secret'), 'secret')
    await mkdir(join(home, '../ubuntu2'), { recursive: true })
    await symlink(outside, join(home, 'work/out'))
    await symlink(join(outside, 'secret'), join(home, 'work/secret'))
    const client = await connect(practice)
    const files = await new Promise<SFTPWrapper>((resolve, reject) => client.sftp((error, sftp) => (error ? reject(error) : resolve(sftp))))
    const error = await new Promise((resolve) => request(files, resolve))
    client.end()
    expect(error).toMatchObject({ code: ssh2.utils.sftp.STATUS_CODE.PERMISSION_DENIED })
    expect(await readdir(outside)).toEqual(['secret'])
  })
})

type Done = (error: unknown) => void

/** Each command as a person types it; the first that fails ends it. */
function sftp(...commands: readonly string[]): Promise<Outcome> {
  return run('sftp', ['-b', '-', ...sshArguments(practice, 'practice'), 'ubuntu@203.0.113.10'], `${commands.join('\n')}\n`)
}
