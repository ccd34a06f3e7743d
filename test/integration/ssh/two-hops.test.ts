import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createHome } from '../../support/app.ts'
import { makeAuthority } from '../../support/certificates.ts'
import { startCore, type TestCore } from '../../support/core.ts'
import { makeKey, ownMounts, type Sshd, startSshd } from '../../support/sshd.ts'

let home: string
let removeHome: () => Promise<void>
let core: TestCore
const servers: Sshd[] = []

beforeAll(async () => {
  const made = await createHome()
  home = made.home
  removeHome = made.remove
})
afterAll(async () => {
  await core?.close()
  for (const sshd of servers) await sshd.stop()
  await removeHome()
})

// The last host asks for its code through a PAM service of the test's own, which takes the right to mount.
test.skipIf(!ownMounts)('a machine behind two hops that wants a certificate and a one-time code opens with one question', async () => {
  const authority = makeAuthority(join(home, 'authority'))
  const user = process.env.USER ?? 'root'
  const key = makeKey(join(home, '.ssh', 'work'))
  const code = join(home, 'code')
  writeFileSync(code, '#!/bin/sh\nread -r given\ntest "$(printf %s "$given" | tr -d "\\\\000")" = 123456\n', { mode: 0o755 })
  const trusting = [`TrustedUserCAKeys ${authority.key.path}.pub`, 'MaxAuthTries 2', "ForceCommand PS1='deep> ' exec /bin/sh"]
  const pam = [`auth required pam_exec.so quiet expose_authtok ${code}`, 'auth required pam_permit.so']
  const permit = ['account', 'password', 'session'].map((kind) => `${kind} required pam_permit.so`)
  const asking = ['KbdInteractiveAuthentication yes', 'AuthenticationMethods publickey,keyboard-interactive']
  servers.push(await startSshd({ config: trusting }), await startSshd({ config: trusting }))
  servers.push(await startSshd({ config: [...trusting, ...asking], pam: [...pam, ...permit] }))
  const [one, two, deep] = servers
  if (!one || !two || !deep) throw new Error('three servers')
  authority.sign(key, { name: 'alice', principals: [user, one.user], validity: '-1h:20300101' })

  const section = (name: string, { port, user: login }: Sshd, ...lines: string[]) =>
    [
      `Host ${name}`,
      'HostName 127.0.0.1',
      `Port ${port}`,
      `User ${login}`,
      'IdentityFile ~/.ssh/work',
      'IdentitiesOnly yes',
      ...lines,
    ].join('\n  ')
  const sections = [section('one', one), section('two', two), section('deep', deep, 'ProxyJump one,two')]
  writeFileSync(join(home, '.ssh', 'config'), `${sections.join('\n')}\n`)
  const known = servers.flatMap(({ port, hostKeys }) => hostKeys.map((hostKey) => `[127.0.0.1]:${port} ${hostKey}\n`))
  writeFileSync(join(home, '.ssh', 'known_hosts'), known.join(''))

  core = await startCore(home, { USER: 'tester', PATH: process.env.PATH ?? '' })
  const { id } = await core.client.terminals.open({ target: { kind: 'host', host: 'deep' }, size: { cols: 80, rows: 24 } })
  const asked: string[] = []
  const watching = new AbortController()
  const answering = (async () => {
    for await (const prompts of await core.client.prompts.watch(undefined, { signal: watching.signal }))
      for (const { id: prompt, question } of prompts) {
        if (asked.push(question.kind) > 1) continue
        await core.client.prompts.answer({ id: prompt, answer: { kind: 'values', values: ['123456'], remember: false } })
      }
  })().catch(() => undefined)
  const terminal = core.attach(id)
  await terminal.until('deep> ')
  watching.abort()
  await answering
  expect(asked).toEqual(['keyboard-interactive'])
  for (const sshd of servers) await expect.poll(() => sshd.log()).toMatch(/publickey for \S+ .*ID alice/)
  const { trace } = await core.terminal(id, ({ phase }) => phase.kind === 'open')
  expect(trace.filter(({ step, outcome }) => step === 'certificate' && outcome === 'ok').map(({ hop }) => hop)).toEqual([
    'one',
    'two',
    undefined,
  ])
})
