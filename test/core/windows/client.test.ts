import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findClient, rdpFileFor, startClient } from '../../../core/windows/client.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mooring-rdp-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A program that writes down how it was started, in the place of a client that needs a screen. */
async function install(name: string) {
  const file = join(folder, name)
  await writeFile(file, `#!/bin/sh\nprintf '%s\\n' "$@" > ${folder}/args\ncat > ${folder}/in.part\nmv ${folder}/in.part ${folder}/in\n`)
  await chmod(file, 0o755)
}
const environment = () => ({ PATH: `${folder}:/usr/bin:/bin` })
const only = () => ({ PATH: folder })
const to = { address: '203.0.113.160', port: 3389, user: 'Administrator' }
const started = async () => {
  await expect.poll(() => stat(join(folder, 'in')).catch(() => undefined)).toBeDefined()
  const [args, input] = await Promise.all(['args', 'in'].map((name) => readFile(join(folder, name), 'utf8')))
  return { args: args?.trim().split('\n'), input }
}

test('a connection is described in a file of its own, and no address or name adds a line to it', () => {
  expect(rdpFileFor(to)).toBe(
    'full address:s:203.0.113.160:3389\r\nusername:s:Administrator\r\nprompt for credentials:i:1\r\nauthentication level:i:2\r\n',
  )
  expect(
    rdpFileFor({ ...to, address: '2001:db8::1', user: 'a\r\nalternate shell:s:calc' })
      .split('\r\n')
      .slice(0, 2),
  ).toEqual(['full address:s:[2001:db8::1]:3389', 'username:s:aalternate shell:s:calc'])
})

test('the client that is there is taken; where there is none, those that would do are named', async () => {
  await expect(findClient(only(), 'linux')).rejects.toMatchObject({
    code: 'DESKTOP_CLIENT_MISSING',
    details: { names: ['remmina', 'xfreerdp3', 'xfreerdp'] },
  })
  await install('xfreerdp')
  expect(await findClient(only(), 'linux')).toMatchObject({ name: 'xfreerdp', wantsPassword: true })
  await install('remmina')
  expect(await findClient(only(), 'linux')).toMatchObject({ name: 'remmina', wantsPassword: false })
  await install('mstsc.exe')
  expect(await findClient(only(), 'win32')).toMatchObject({ name: 'mstsc' })
})

test('one that reads a file gets a file that only this person can read', async () => {
  await install('remmina')
  const client = await findClient(only(), 'linux')
  await startClient(client, to, { folder: join(folder, 'own'), environment: environment(), password: undefined })
  const file = join(folder, 'own', 'connection.rdp')
  expect(await started()).toEqual({ args: ['-c', file], input: '' })
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('one that asks in no window gets the password through its input, and nobody sees it among its arguments', async () => {
  await install('xfreerdp')
  const client = await findClient(only(), 'linux')
  await startClient(client, { ...to, user: "O'Neil; $(id)" }, { folder, environment: environment(), password: 'pass $(id) word' })
  expect(await started()).toEqual({
    args: ['/v:203.0.113.160:3389', "/u:O'Neil; $(id)", '/d:.', '/cert:tofu', '/from-stdin', '/dynamic-resolution'],
    input: 'pass $(id) word\n',
  })
})
