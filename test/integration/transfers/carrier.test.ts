import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Transfer } from '../../../contract/models/transfer.ts'
import { createHome } from '../../support/app.ts'
import { makeAuthority } from '../../support/certificates.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { makeKey, ownMounts, type Sshd, startSshd } from '../../support/sshd.ts'
import { hashOf } from '../../support/transfers.ts'

let home: string
let core: TestCore
let removeHome: () => Promise<void>
let servers: Sshd[]
let [here, there] = ['', '']

beforeEach(async () => {
  const made = await createHome()
  home = made.home
  removeHome = made.remove
  servers = []
  here = join(home, 'here')
  there = join(home, 'there')
  for (const folder of [here, there]) mkdirSync(folder)
})
afterEach(async () => {
  await core?.close()
  for (const sshd of servers) await sshd.stop()
  await removeHome()
})

/** Sections of ssh_config for the servers, each by its name, with their host keys known. */
async function start(names: Readonly<Record<string, readonly string[]>>) {
  const sections = Object.entries(names).map(([name, lines], index) => {
    const { port, user } = servers[index] ?? { port: 0, user: '' }
    const own = ['HostName 127.0.0.1', `Port ${port}`, `User ${user}`, 'IdentityFile ~/.ssh/work', 'IdentitiesOnly yes']
    return [`Host ${name}`, ...own, ...lines].join('\n  ')
  })
  writeFileSync(join(home, '.ssh', 'config'), `${sections.join('\n')}\n`)
  const known = servers.flatMap(({ port, hostKeys }) => hostKeys.map((hostKey) => `[127.0.0.1]:${port} ${hostKey}\n`))
  writeFileSync(join(home, '.ssh', 'known_hosts'), known.join(''))
  core = await startCore(home, { USER: 'tester', PATH: process.env.PATH ?? '' }, { kind: 'desktop', chooseFiles: async () => [here] })
}

async function download(host: string, path: string): Promise<string> {
  const { ids } = await core.client.transfers.download({ target: { kind: 'host', host }, paths: [path] })
  return ids[0] ?? ''
}
async function follow(id: string, wanted: (transfer: Transfer) => boolean): Promise<Transfer> {
  return until(await core.client.transfers.watch(), (transfers) => transfers.find((one) => one.id === id && wanted(one)))
}
const over = ({ phase }: Transfer) => phase.kind === 'done' || phase.kind === 'failed'

/** Answers every question with the same words and gives the kinds of those that were asked. */
function answering(value: string) {
  const asked: string[] = []
  const seen = new Set<string>()
  const watching = new AbortController()
  const done = (async () => {
    for await (const prompts of await core.client.prompts.watch(undefined, { signal: watching.signal }))
      for (const { id, question } of prompts) {
        if (seen.has(id)) continue
        seen.add(id)
        asked.push('because' in question ? `${question.kind} because ${question.because}` : question.kind)
        await core.client.prompts.answer({ id, answer: { kind: 'values', values: [value], remember: false } })
      }
  })().catch(() => undefined)
  return {
    async stop() {
      watching.abort()
      await done
      return asked
    },
  }
}

test('a locked key with a certificate opens a host behind a jump host with one question, and the next transfer with none', async () => {
  const authority = makeAuthority(join(home, 'authority'))
  const key = makeKey(join(home, '.ssh', 'work'), { passphrase: 'open sesame' })
  const trusting = [`TrustedUserCAKeys ${authority.key.path}.pub`]
  servers.push(await startSshd({ config: trusting }), await startSshd({ config: trusting }))
  authority.sign(key, { name: 'alice', principals: [servers[0]?.user ?? ''], validity: '-1h:20300101' })
  await start({ front: [], deep: ['ProxyJump front'] })
  const path = join(there, 'a.bin')
  writeFileSync(path, randomBytes(2_000_000))

  const questions = answering('open sesame')
  expect(await follow(await download('deep', path), over)).toMatchObject({ phase: { kind: 'done' }, bytes: 2_000_000 })
  expect(hashOf(join(here, 'a.bin'))).toBe(hashOf(path))
  writeFileSync(join(there, 'b.txt'), 'b')
  expect((await follow(await download('deep', join(there, 'b.txt')), over)).phase).toEqual({ kind: 'done' })
  expect([await questions.stop(), readFileSync(join(here, 'b.txt'), 'utf8')]).toEqual([['passphrase'], 'b'])
  for (const sshd of servers) expect(sshd.log().match(/Accepted publickey for \S+ .*ID alice/g)).toHaveLength(1)
}, 120_000)

// The host asks for its code through a PAM service of the test's own, which takes the right to mount.
test.skipIf(!ownMounts)(
  'a host that wants a one-time code asks once for all transfers',
  async () => {
    const code = join(home, 'code')
    writeFileSync(code, '#!/bin/sh\nread -r given\ntest "$(printf %s "$given" | tr -d "\\\\000")" = 123456\n', { mode: 0o755 })
    const pam = [`auth required pam_exec.so quiet expose_authtok ${code}`, 'auth required pam_permit.so']
    const permit = ['account', 'password', 'session'].map((kind) => `${kind} required pam_permit.so`)
    const key = makeKey(join(home, '.ssh', 'work'))
    const config = ['KbdInteractiveAuthentication yes', 'AuthenticationMethods publickey,keyboard-interactive']
    servers.push(await startSshd({ config, pam: [...pam, ...permit], authorizedKeys: [key.publicKey] }))
    await start({ coded: [] })
    for (const name of ['a', 'b']) writeFileSync(join(there, name), name)

    const questions = answering('123456')
    const ids = [await download('coded', join(there, 'a')), await download('coded', join(there, 'b'))]
    for (const id of ids) expect((await follow(id, over)).phase).toEqual({ kind: 'done' })
    expect(await questions.stop()).toEqual(['keyboard-interactive because transfer'])
  },
  60_000,
)

test('what a worker that dies was at goes on in another, where it stopped', async () => {
  const key = makeKey(join(home, '.ssh', 'work'))
  servers.push(await startSshd({ authorizedKeys: [key.publicKey] }))
  await start({ plain: [] })
  const path = join(there, 'large.bin')
  writeFileSync(path, randomBytes(40 * 1024 * 1024))
  await core.client.settings.change({ transferRate: 16_000_000 })

  const worker = once(process, 'worker') as Promise<[Worker]>
  const id = await download('plain', path)
  await follow(id, ({ phase, bytes }) => phase.kind === 'running' && bytes > 5_000_000)
  const another = once(process, 'worker')
  await (await worker)[0].terminate()
  const waiting = await follow(id, ({ phase }) => phase.kind === 'waiting')
  await core.client.settings.change({ transferRate: 0 })
  expect(waiting.phase).toMatchObject({ error: { code: 'CONNECTION_LOST', details: { host: 'plain' } } })
  expect(await follow(id, over)).toMatchObject({ phase: { kind: 'done' } })
  await another
  expect(hashOf(join(here, 'large.bin'))).toBe(hashOf(path))
}, 120_000)

test("while much is transferred, the core's own thread has next to nothing to do", async () => {
  const key = makeKey(join(home, '.ssh', 'work'))
  servers.push(await startSshd({ authorizedKeys: [key.publicKey] }))
  await start({ plain: [] })
  const path = join(there, 'large.bin')
  writeFileSync(path, '')
  truncateSync(path, 150 * 1024 * 1024)
  await core.client.settings.change({ transferRate: 100_000_000 })
  const id = await download('plain', path)
  await follow(id, ({ phase, bytes }) => phase.kind === 'running' && bytes > 0)
  const [all, own] = [process.cpuUsage(), process.threadCpuUsage()]
  await follow(id, over)
  const { user, system } = process.cpuUsage(all)
  const ours = process.threadCpuUsage(own)
  expect((ours.user + ours.system) / (user + system)).toBeLessThan(0.2)
}, 120_000)
