import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openHistory } from '../../../core/history/history.ts'

let folder: string
const log = { error: () => undefined }
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'history-'))
})
afterEach(() => rm(folder, { recursive: true }))

it('keeps each command once, the last first, for this person alone, and over a restart', async () => {
  const history = openHistory(folder, () => true, log)
  history.add('uptime', 'web-1')
  history.add('df -h', 'db-1')
  history.add('uptime', 'web-2')
  history.close()
  const found = openHistory(folder, () => true, log).search('')
  expect(found.map(({ command, host, count }) => [command, host, count])).toEqual([
    ['uptime', 'web-2', 2],
    ['df -h', 'db-1', 1],
  ])
  expect((await stat(join(folder, 'history.json'))).mode & 0o777).toBe(0o600)
})

it('finds by words of the command and the host, in any order', () => {
  const history = openHistory(folder, () => true, log)
  history.add('sudo systemctl restart nginx', 'web-1')
  history.add('sudo systemctl status redis', 'cache')
  expect(history.search('nginx SYSTEMCTL').map(({ command }) => command)).toEqual(['sudo systemctl restart nginx'])
  expect(history.search('cache').map(({ command }) => command)).toEqual(['sudo systemctl status redis'])
  expect(history.search('nothing')).toEqual([])
})

it('forgets one command, or all, at once in the file as well', async () => {
  const history = openHistory(folder, () => true, log)
  for (const command of ['one', 'two', 'three']) history.add(command, 'web-1')
  history.forget('two')
  expect(await readFile(join(folder, 'history.json'), 'utf8')).not.toContain('two')
  history.forget()
  expect(history.search('')).toEqual([])
  expect(await readFile(join(folder, 'history.json'), 'utf8')).not.toContain('three')
})

it('keeps nothing while it is off, and nothing that begins with a blank', () => {
  let on = false
  const history = openHistory(folder, () => on, log)
  history.add('off', 'web-1')
  on = true
  history.add(' hidden', 'web-1')
  expect(history.search('')).toEqual([])
})

it.each([
  'export AWS_SECRET_ACCESS_KEY=abc',
  'aws configure set aws_access_key_id AKIAIOSFODNN7EXAMPLE',
  'mysql -u root -phunter2 shop',
  'curl -H "Authorization: Bearer abc.def" https://api.example',
  'curl -u admin:hunter2 https://api.example',
  'git clone https://me:hunter2@git.example/a.git',
  'PGPASSWORD=x psql',
  'vault login --token s.abcdef',
  'echo ghp_abcdefghijklmnopqrstuvwxyz0123',
  'sshpass -p hunter2 ssh a@b',
  'aws ssm put-parameter --name x --type SecureString --secret-string abc',
])('keeps no secret: %s', (command) => {
  const history = openHistory(folder, () => true, log)
  history.add(command, 'web-1')
  expect(history.search('')).toEqual([])
})

it.each(['ls -la', 'tail -f /var/log/auth.log', 'passwd ubuntu', 'ssh -p 2222 a@b', 'git push origin main', 'cp -p a b', 'psql -U shop'])(
  'keeps what is none: %s',
  (command) => {
    const history = openHistory(folder, () => true, log)
    history.add(command, 'web-1')
    expect(history.search('').map((entry) => entry.command)).toEqual([command])
  },
)
