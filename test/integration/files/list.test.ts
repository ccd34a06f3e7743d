import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { shownName } from '../../../contract/shown-name.ts'
import { type FilesHost, refusal, startFilesHost } from './host.ts'

let at: FilesHost
let terminalId: string

beforeAll(async () => {
  at = await startFilesHost()
  terminalId = await at.openTerminal()
})
afterAll(() => at.close())

const list = (path: string) => at.core.client.files.list({ terminalId, path })
async function namesIn(path: string) {
  return (await list(path)).entries.map(({ name }) => name).sort()
}

describe('a folder', () => {
  test('is told with sizes, times, modes, owners and where its links lead', async () => {
    const folder = join(at.folder, 'plain')
    mkdirSync(join(folder, 'inside'), { recursive: true })
    writeFileSync(join(folder, 'a.txt'), 'four')
    chmodSync(join(folder, 'a.txt'), 0o4751)
    symlinkSync('inside', join(folder, 'to-folder'))
    symlinkSync('nowhere', join(folder, 'broken'))
    symlinkSync('loop', join(folder, 'loop'))
    const listing = await list(folder)
    const byName = Object.fromEntries(listing.entries.map((entry) => [entry.name, entry]))
    expect(listing).toMatchObject({ path: folder, more: false })
    expect(byName['a.txt']).toMatchObject({ kind: 'file', size: 4, mode: 0o4751 })
    expect(byName['a.txt']?.modified).toBeGreaterThan(Date.now() / 1000 - 60)
    expect(listing.owners[String(byName['a.txt']?.uid)]).toBe(at.host.sshd.user)
    expect(byName.inside?.kind).toBe('folder')
    expect(byName['to-folder']).toMatchObject({ kind: 'link', link: { target: 'inside', leadsTo: 'folder' } })
    expect(byName.broken?.link).toEqual({ target: 'nowhere', leadsTo: 'nothing' })
    expect(byName.loop?.link?.target).toBe('loop')
  })

  test('with names of every kind is told in full, and each name comes back as the bytes it was', async () => {
    const folder = join(at.folder, 'names')
    mkdirSync(folder)
    const names = [
      Buffer.from('new\nline\x1b[31mred'),
      Buffer.from('exe.\u202egpj'),
      Buffer.from('ñandú', 'latin1'),
      Buffer.from('fffe80', 'hex'),
      Buffer.from('a\\..\\b'),
      Buffer.from('-rf'),
      Buffer.from('$(reboot) `x` "y" \'z\''),
      Buffer.from(' '),
      Buffer.from('...'),
      Buffer.from('x'.repeat(255)),
    ]
    for (const name of names) {
      mkdirSync(Buffer.concat([Buffer.from(`${folder}/`), name]))
      writeFileSync(Buffer.concat([Buffer.from(`${folder}/`), name, Buffer.from('/inside')]), '')
    }
    const { entries, path } = await list(folder)
    expect(entries).toHaveLength(names.length)
    for (const { name } of entries) expect(await namesIn(`${path}/${name}`)).toEqual(['inside'])
    expect(entries.map(({ name }) => shownName(name))).toEqual(
      expect.arrayContaining(['new\\x0aline\\x1b[31mred', 'exe.\\u202egpj', '\\xf1and\\xfa', '\\xff\\xfe\\x80']),
    )
  })

  test('is where the login begins when none is asked for, and ~ is there too', async () => {
    const { path, home } = await at.core.client.files.list({ terminalId })
    expect(path).toBe(home)
    expect((await list('~')).path).toBe(home)
  })

  test('with thousands of entries is told in full', async () => {
    const folder = join(at.folder, 'many')
    mkdirSync(folder)
    for (let index = 0; index < 3_000; index += 1) writeFileSync(join(folder, `file-${index}`), '')
    expect((await list(folder)).entries).toHaveLength(3_000)
  })

  test('that is not there, is a file, or is behind a link that leads nowhere is said', async () => {
    writeFileSync(join(at.folder, 'file'), '')
    expect(await refusal(list(join(at.folder, 'missing/x')))).toMatchObject({ code: 'FILE_REFUSED', details: { problem: 'missing' } })
    expect(await refusal(list(join(at.folder, 'file')))).toMatchObject({
      code: 'FILE_REFUSED',
      details: { path: join(at.folder, 'file'), problem: 'not-a-folder' },
    })
  })
})

describe('the channel', () => {
  test('is shared by the terminals of a connection, and goes with the last of them', async () => {
    // Of every kind: shells and SFTP.
    const sessions = () => at.host.sshd.log().split('Starting session').length - 1
    await list(at.folder)
    const before = sessions()
    const second = await at.openTerminal()
    await at.core.client.files.list({ terminalId: second })
    expect(sessions()).toBe(before + 1)
    await at.core.client.terminals.close({ id: second })
    await list(at.folder)
    expect(sessions()).toBe(before + 1)
    await at.core.client.files.close({ terminalId })
    await list(at.folder)
    expect(sessions()).toBe(before + 2)
  })

  test('of a terminal that is gone is none', async () => {
    const id = await at.openTerminal()
    await at.core.client.terminals.close({ id })
    expect(await refusal(at.core.client.files.list({ terminalId: id }))).toEqual({ code: 'TERMINAL_GONE', details: { id } })
  })
})
