import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { until } from '../../support/core.ts'
import { type FilesHost, startFilesHost } from './host.ts'

/** Every folder down to it is root's, as sshd wants it. */
const jail = mkdtempSync('/run/mooring-jail-')
let at: FilesHost

beforeAll(async () => {
  mkdirSync(join(jail, 'inbox'), { mode: 0o777 })
  writeFileSync(join(jail, 'inbox', 'hello.txt'), 'hello\n')
  at = await startFilesHost({ config: ['ForceCommand internal-sftp', `ChrootDirectory ${jail}`] })
})
afterAll(async () => {
  await at.close()
  rmSync(jail, { recursive: true })
})

async function open(target = at.host.target) {
  const { id } = await at.core.client.terminals.open({ target, size: { cols: 80, rows: 24 } })
  return at.core.terminal(id, ({ phase, filesOnly }) => phase.kind === 'failed' || phase.kind === 'exited' || filesOnly !== undefined)
}

describe('a host that gives SFTP and nothing else', () => {
  test('opens as its files, instead of as a shell that ended', async () => {
    const state = await open()
    expect(state).toMatchObject({ phase: { kind: 'open' }, filesOnly: 'no-shell' })
    const { path, entries } = await at.core.client.files.list({ terminalId: state.id, path: '/inbox' })
    expect({ path, names: entries.map(({ name }) => name) }).toEqual({ path: '/inbox', names: ['hello.txt'] })
  })

  test('lets its files be changed', async () => {
    const { id: terminalId } = await open()
    const run = await at.core.client.files.run({ terminalId, operation: { kind: 'make-folder', path: '/inbox/new' } })
    expect(await until(run, (step) => (step.kind === 'working' ? undefined : step))).toMatchObject({ kind: 'done', items: 1 })
    expect(existsSync(join(jail, 'inbox', 'new'))).toBe(true)
  })

  test('comes back as files after its connection was lost', async () => {
    const { id } = await open()
    spawnSync('pkill', ['-KILL', '-P', String(at.host.sshd.pid)])
    await at.core.terminal(id, ({ phase }) => phase.kind === 'lost')
    await at.core.client.terminals.reconnect({ id })
    expect(await at.core.terminal(id, ({ phase }) => phase.kind === 'open')).toMatchObject({ filesOnly: 'no-shell' })
    expect(await at.core.client.files.list({ terminalId: id })).toMatchObject({ path: '/' })
  })
})

describe('files by choice', () => {
  test('need no shell on a host that has one', async () => {
    const other = await startFilesHost()
    try {
      writeFileSync(join(other.folder, 'a'), 'a')
      const { id } = await other.core.client.terminals.open({
        target: { ...other.host.target, filesOnly: true },
        size: { cols: 80, rows: 24 },
      })
      const state = await other.core.terminal(id, ({ phase }) => phase.kind === 'open')
      expect(state.filesOnly).toBe('chosen')
      const { entries } = await other.core.client.files.list({ terminalId: id, path: other.folder })
      expect(entries.map(({ name }) => name)).toEqual(['a'])
      expect(other.host.sshd.log()).not.toContain('Starting session: shell')
    } finally {
      await other.close()
    }
  })

  test('a shell that ends with an error after somebody typed into it stays a shell that ended', async () => {
    const other = await startFilesHost()
    try {
      const id = await other.openTerminal()
      const screen = other.core.attach(id)
      await screen.until('ready> ')
      screen.send('exit 3\n')
      const state = await other.core.terminal(id, ({ phase }) => phase.kind === 'exited')
      expect(state).toMatchObject({ phase: { kind: 'exited', exit: { code: 3 } } })
      expect(state.filesOnly).toBeUndefined()
    } finally {
      await other.close()
    }
  })
})
