import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ManyRequest, ManyRun } from '../../../contract/models/many.ts'
import type { Target } from '../../../contract/models/terminal.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { freePort, makeKey, type Sshd, startSshd } from '../../support/sshd.ts'

const NAMES = ['one', 'two', 'three', 'four'] as const
let core: TestCore
let home: string
let hosts: Sshd[]
let stranger: Sshd
let remove: () => Promise<void>
const at = ({ port, user }: Pick<Sshd, 'port' | 'user'>): Target => ({ kind: 'host', host: '127.0.0.1', choices: { port, user } })

beforeAll(async () => {
  const made = await createHome()
  home = made.home
  remove = made.remove
  const authorizedKeys = [makeKey(join(home, '.ssh', 'id_ed25519')).publicKey]
  hosts = await Promise.all(NAMES.map((name) => startSshd({ authorizedKeys, config: [`SetEnv NAME=${name}`] })))
  stranger = await startSshd({ authorizedKeys })
  const known = hosts.map(({ port, hostKeys }) => `[127.0.0.1]:${port} ${hostKeys[0]}\n`)
  writeFileSync(join(home, '.ssh', 'known_hosts'), known.join(''))
  core = await startCore(home)
})
afterAll(async () => {
  await core.close()
  for (const sshd of [...hosts, stranger]) await sshd.stop()
  await remove()
})

const isOver = (run: ManyRun) => run.hosts.every(({ phase }) => phase.kind === 'done' || phase.kind === 'failed')
const named = (targets: readonly Target[]) => targets.map((target, index) => ({ target, name: `host ${index}` }))
async function run({ targets = hosts.map(at), ...request }: Partial<ManyRequest> & Pick<ManyRequest, 'command'> & { targets?: Target[] }) {
  return (await core.client.many.run({ hosts: named(targets), most: 10, questions: 'none', ...request })).id
}
const seen = async (id: string, test: (run: ManyRun) => boolean) =>
  until(await core.client.many.watch(), (runs) => runs.find((each) => each.id === id && test(each)))
const finished = async (request: Parameters<typeof run>[0]) => seen(await run(request), isOver)

test('a command runs on each, as its own shell understands it, with both of its streams and its exit code', async () => {
  const command = 'echo "on $NAME"; echo "it\'s \\$HOME" >&2; [ "$NAME" != two ] || exit 3'
  const { id, hosts: ended } = await finished({ command })
  expect(ended.map(({ phase }) => phase)).toEqual([
    { kind: 'done', code: 0 },
    { kind: 'done', code: 3 },
    { kind: 'done', code: 0 },
    { kind: 'done', code: 0 },
  ])
  expect(await core.client.many.output({ id, host: 1 })).toEqual({ text: "on two\nit's $HOME\n", left: 0 })
  expect(ended.map(({ last, bytes, ms }) => [last, bytes > 10, ms !== undefined])).toEqual(NAMES.map(() => ["it's $HOME", true, true]))
})

test('hosts that printed the same are alike, and a code that differs makes them differ', async () => {
  const { hosts: ended } = await finished({ command: 'echo same; [ "$NAME" != four ] || echo more; [ "$NAME" != three ] || exit 1' })
  const [one, two, three, four] = ended.map(({ alike }) => alike)
  expect(one).toBe(two)
  expect(new Set([one, three, four]).size).toBe(3)
})

test('no more run at once than was wished', async () => {
  const shared = join(home, 'running')
  const command = `n=$(ls -d ${shared}.* 2>/dev/null | wc -l); mkdir ${shared}.$NAME; sleep 0.3; rmdir ${shared}.$NAME; echo "beside $n"`
  const { id } = await finished({ command, most: 1 })
  for (const host of NAMES.keys()) expect((await core.client.many.output({ id, host })).text).toBe('beside 0\n')
})

test('one is cancelled and the others go on; then all are', async () => {
  const go = join(home, 'go')
  const id = await run({ command: `echo begun; while [ ! -f ${go} ]; do sleep 0.1; done; echo went` })
  await seen(id, ({ hosts }) => hosts.every(({ last }) => last === 'begun'))
  await core.client.many.cancel({ id, host: 0 })
  const one = await seen(id, ({ hosts }) => hosts[0]?.phase.kind === 'failed')
  expect(one.hosts.map(({ phase }) => phase.kind)).toEqual(['failed', 'running', 'running', 'running'])
  expect(one.hosts[0]?.phase).toEqual({ kind: 'failed', error: { code: 'CANCELLED', details: {} } })
  await core.client.many.cancel({ id })
  expect((await seen(id, isOver)).hosts.map(({ phase }) => phase.kind)).toEqual(['failed', 'failed', 'failed', 'failed'])
  writeFileSync(go, '')
})

test('one that waits for its turn and is cancelled is never begun', async () => {
  const [go, touched] = [join(home, 'go-on'), join(home, 'touched')]
  const id = await run({ command: `touch ${touched}.$NAME; while [ ! -f ${go} ]; do sleep 0.1; done`, most: 1 })
  await seen(id, ({ hosts }) => hosts[0]?.phase.kind === 'running')
  await core.client.many.cancel({ id, host: 1 })
  writeFileSync(go, '')
  expect((await seen(id, isOver)).hosts.map(({ phase }) => phase.kind)).toEqual(['done', 'failed', 'done', 'done'])
  expect(NAMES.map((name) => existsSync(`${touched}.${name}`))).toEqual([true, false, true, true])
})

test('a host that nobody vouched for and one that is not there are not done, and nothing is asked or kept', async () => {
  const gone = { port: await freePort(), user: stranger.user }
  const targets = [at(stranger), at(gone), ...hosts.map(at)]
  const { hosts: ended } = await finished({ command: 'echo done', targets })
  expect(ended.map(({ phase }) => (phase.kind === 'failed' ? phase.error.code : phase.kind))).toEqual([
    'HOST_WOULD_ASK',
    'HOST_UNREACHABLE',
    'done',
    'done',
    'done',
    'done',
  ])
  expect(stranger.log()).not.toContain('Accepted')
  expect(await until(await core.client.prompts.watch(), (prompts) => prompts)).toEqual([])
})

test('where the person is there to be asked, the answer decides', async () => {
  const id = await run({ command: 'echo trusted', targets: [at(stranger)], questions: 'ask' })
  const [question] = await until(await core.client.prompts.watch(), (prompts) => (prompts.length > 0 ? prompts : undefined))
  expect(question?.question.kind).toBe('trust-host-key')
  await core.client.prompts.answer({ id: question?.id ?? '', answer: { kind: 'yes' } })
  expect((await seen(id, isOver)).hosts[0]?.phase).toEqual({ kind: 'done', code: 0 })
})

test('a flood is kept in part, and what acts on a terminal is gone', async () => {
  const esc = '\\033]0;evil\\007\\033[2J\\033[31mred\\033[0m'
  const command = `printf '${esc}\\n'; [ "$NAME" = one ] && seq 1 200000; printf '\\342\\200\\256end\\n'`
  const { id, hosts: ended } = await finished({ command })
  expect((await core.client.many.output({ id, host: 1 })).text).toBe('red\nend\n')
  const flood = await core.client.many.output({ id, host: 0 })
  expect(ended[0]?.bytes).toBeGreaterThan(1_200_000)
  expect(flood.text.length).toBeLessThan(270_000)
  expect(flood.text.length + flood.left).toBeGreaterThan(1_200_000)
  expect([flood.text.startsWith('red\n1\n2\n'), flood.text.endsWith('\n200000\nend\n')]).toEqual([true, true])
})

test('what prints without end is ended', async () => {
  const { hosts: ended } = await finished({ command: 'yes 0123456789012345678901234567890123456789', targets: [at(hosts[0] as Sshd)] })
  expect(ended[0]?.phase).toEqual({ kind: 'done' })
})
