import { afterAll, beforeAll, expect, test } from 'vitest'
import { type GitRepository, serveGit } from '../../support/git-daemon.ts'
import { freePort } from '../../support/sshd.ts'
import { deploy, nothingNew, openWorkshop, type Workshop } from './deploying.ts'

let workshop: Workshop
let repository: GitRepository
let port: number
beforeAll(async () => {
  workshop = await openWorkshop()
  repository = await serveGit()
  port = await freePort()
})
afterAll(async () => {
  await repository?.stop()
  await workshop?.stop()
})

const flask = (greeting: string) => `
import os
from flask import Flask

app = Flask(__name__)

@app.get("/")
def hello():
    return "${greeting} " + os.environ.get("SECRET_WORD", "nobody")
`
const page = async () => (await fetch(`http://127.0.0.1:${port}/`)).text()

test('a Flask project of a git address becomes a service that answers, with what it keeps to itself', async () => {
  const commit = repository.commit({ 'app.py': flask('first'), 'requirements.txt': 'flask==3.1.2\n' })
  const secret = `it's "$HOME" \`and\` \\more`
  const run = await deploy(
    workshop,
    {
      kind: 'new',
      app: 'shop',
      source: { kind: 'git', address: repository.address, deployKey: false },
      variables: { set: { SECRET_WORD: secret }, unset: [] },
    },
    (plan) => {
      expect(plan).toMatchObject({ kind: 'flask', port: 5000, start: '.venv/bin/flask --app app run --host 0.0.0.0 --port 5000' })
      return { ...plan, port, start: plan.start.replace('5000', String(port)) }
    },
  )
  expect(run.phase).toEqual({ kind: 'done', status: 200 })
  expect(run.steps.map(({ step, state }) => `${step} ${state}`)).toEqual([
    'fetch done',
    'packages skipped',
    'settings done',
    'build done',
    'service done',
    'check done',
  ])
  expect(await page()).toBe(`first ${secret}`)
  expect(JSON.stringify(run)).not.toContain('and\\`')
  expect(workshop.debian.run('stat -c "%a %U" ~admin/.mooring/apps/shop/env; ps -o user= -C flask').trim().split('\n')).toEqual([
    '600 admin',
    'admin',
  ])
  expect(await workshop.app('shop')).toMatchObject({
    service: 'running',
    listening: 'everywhere',
    variables: ['SECRET_WORD'],
    releases: [{ id: run.release, commit: commit.slice(0, 12) }],
    current: run.release,
  })
  const [last] = await workshop.core.client.activity.list()
  expect(last).toMatchObject({ action: 'mooring:Deploy', outcome: 'done' })
}, 180_000)

test('deployed again it is the new one, and rolled back the one before; another computer sees both', async () => {
  const before = await workshop.app('shop')
  repository.commit({ 'app.py': flask('second') })
  const run = await deploy(workshop, { kind: 'again', app: 'shop', variables: nothingNew })
  expect(run.phase).toEqual({ kind: 'done', status: 200 })
  expect(await page()).toContain('second it')
  await workshop.another()
  const app = await workshop.app('shop')
  expect(app?.releases.map(({ id }) => id)).toEqual([run.release, before?.current])
  const { core, target } = workshop
  await core.client.deploy.act({ target, app: 'shop', action: { kind: 'roll-back', release: before?.current ?? '' } })
  await expect.poll(page, { timeout: 20_000 }).toContain('first')
  expect((await workshop.app('shop'))?.current).toBe(before?.current)
}, 180_000)

test('it is stopped and started, its log is read, and it starts again by itself when it falls', async () => {
  const { core, target, debian } = workshop
  await core.client.deploy.act({ target, app: 'shop', action: { kind: 'stop' } })
  expect(await workshop.app('shop')).toMatchObject({ service: 'stopped', listening: 'nowhere' })
  await expect(page()).rejects.toThrow()
  await core.client.deploy.act({ target, app: 'shop', action: { kind: 'start' } })
  await expect.poll(page, { timeout: 20_000 }).toContain('first')
  debian.run('pkill -KILL flask')
  await expect.poll(async () => (await workshop.app('shop'))?.restarts, { timeout: 20_000 }).toBe(1)
  await expect.poll(page, { timeout: 20_000 }).toContain('first')
  expect(await core.client.deploy.log({ target, app: 'shop' })).toMatch(/Running on|GET \/ HTTP/)
}, 90_000)

test('what listens on 127.0.0.1 only is said to, and removing leaves nothing', async () => {
  const { core, target, debian } = workshop
  const own = await freePort()
  repository.commit({
    'local/app.py': `from http.server import *\nHTTPServer(("127.0.0.1", ${own}), SimpleHTTPRequestHandler).serve_forever()\n`,
  })
  const source = { kind: 'git', address: repository.address, branch: 'main', folder: 'local', deployKey: false } as const
  const run = await deploy(workshop, { kind: 'new', app: 'local', source, variables: nothingNew }, (plan) => ({ ...plan, port: own }))
  expect(run.phase).toEqual({ kind: 'done', status: 200 })
  expect(await workshop.app('local')).toMatchObject({ listening: 'loopback', plan: { kind: 'python' } })
  await core.client.deploy.act({ target, app: 'local', action: { kind: 'remove' } })
  expect(await workshop.app('local')).toBeUndefined()
  expect(debian.run('ls ~admin/.mooring/apps; ls /etc/systemd/system').includes('local')).toBe(false)
}, 90_000)

test('a local folder goes there as it is, without what is not for a server', async () => {
  const run = await deploy(
    workshop,
    { kind: 'new', app: 'site', source: { kind: 'folder', path: await folderWith() }, variables: nothingNew },
    (plan) => ({ ...plan, port: port + 1, start: plan.start.replaceAll('8080', String(port + 1)) }),
  )
  expect(run.phase).toEqual({ kind: 'done', status: 200 })
  expect(await (await fetch(`http://127.0.0.1:${port + 1}/`)).text()).toBe('<h1>here</h1>')
  expect(workshop.debian.run(`cd ~admin/.mooring/apps/site/current && find . -type f | sort`).trim().split('\n')).toEqual([
    './.mooring-start',
    './a folder/ñ/a file.txt',
    './index.html',
  ])
}, 60_000)

async function folderWith(): Promise<string> {
  const { mkdtemp, mkdir, writeFile, symlink } = await import('node:fs/promises')
  const folder = await mkdtemp('/tmp/mooring-project-')
  await mkdir(`${folder}/a folder/ñ`, { recursive: true })
  await mkdir(`${folder}/node_modules/x`, { recursive: true })
  await writeFile(`${folder}/index.html`, '<h1>here</h1>')
  await writeFile(`${folder}/a folder/ñ/a file.txt`, 'x'.repeat(100_000))
  await writeFile(`${folder}/node_modules/x/index.js`, '')
  await writeFile(`${folder}/.env`, 'SECRET=1')
  await symlink('/etc/passwd', `${folder}/passwd`)
  return folder
}
