import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type ConfigHosts, followConfigHosts } from '../../../../core/ssh/config/follow-hosts.ts'

let home: string
let hosts: ConfigHosts
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mooring-hosts-'))
  mkdirSync(join(home, '.ssh', 'conf.d'), { recursive: true })
})
afterEach(() => {
  hosts.close()
  rmSync(home, { recursive: true, force: true })
})

function write(text: string, name = 'config') {
  writeFileSync(join(home, '.ssh', name), text)
}
function follow() {
  hosts = followConfigHosts([join(home, '.ssh', 'config')], { homeFolder: home, localUser: 'me', log: pino({ level: 'silent' }) })
}
const names = () => hosts.state.value.hosts.map(({ name }) => name)

test('the named hosts of all files are listed as they describe them, patterns are not', async () => {
  write('Include conf.d/*\nHost web *.example !no a?b\n  HostName 10.0.0.7\n  Port 22\nHost db\n  ProxyJump web\nHost *\n  User me\n')
  write('Host first\n', 'conf.d/1')
  follow()
  await vi.waitFor(() =>
    expect(hosts.state.value.hosts).toEqual([
      { name: 'first', user: 'me' },
      { name: 'web', hostName: '10.0.0.7', user: 'me', port: 22 },
      { name: 'db', user: 'me', through: 'web' },
    ]),
  )
})

test('a change, and a file that is new, are seen', async () => {
  write('Include conf.d/*\nHost one\n')
  follow()
  await vi.waitFor(() => expect(names()).toEqual(['one']))
  write('Host two\n', 'conf.d/new')
  await vi.waitFor(() => expect(names()).toEqual(['two', 'one']), 10_000)
  write('Include conf.d/*\nHost three\n')
  await vi.waitFor(() => expect(names()).toEqual(['two', 'three']), 10_000)
})

test('a broken line is told and hides no host, and no command runs', async () => {
  write(`Host "web\nHost db\nMatch exec "touch ${join(home, 'ran')}"\n  User x\n`)
  follow()
  await vi.waitFor(() => expect(names()).toEqual(['db']))
  expect(hosts.state.value.problems).toMatchObject([{ code: 'SSH_CONFIG_BROKEN', details: { line: 1, problem: 'unclosed-quote' } }])
  expect(() => rmSync(join(home, 'ran'))).toThrow()
})
