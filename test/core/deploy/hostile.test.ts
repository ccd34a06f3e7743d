import { expect, test } from 'vitest'
import { branchName, gitAddress, subFolder } from '../../../contract/models/deploy.ts'
import { gitProblem } from '../../../core/deploy/git-failure.ts'
import { parseFacts } from '../../../core/deploy/host-facts.ts'
import { parseList, parseService } from '../../../core/deploy/list.ts'

const file = {
  version: 1,
  name: 'shop',
  source: { kind: 'git', address: 'https://example.com/shop.git', deployKey: false },
  plan: { kind: 'python', build: [], start: 'python3 app.py', port: 5000 },
  variables: ['WORD'],
  commits: { '20260504T092047': '0123abcd' },
}
const said = (app: string, text: string, ...more: string[]) => [`mooring:app=${app}`, `mooring:file=${text}`, ...more].join('\n')

test('what the host lists is taken as far as it can be checked', () => {
  const output = [
    'Welcome to a noisy login file',
    said(
      'shop',
      JSON.stringify(file),
      'mooring:current=20260504T092047',
      'mooring:release=20260504T092047',
      'mooring:release=20260101T000000.part',
      'mooring:release=../../etc',
      'mooring:service=LoadState=loaded ActiveState=active SubState=running NRestarts=3 ',
    ),
    said('other', JSON.stringify(file)),
    said('broken', '{"version":1'),
    said('wide', JSON.stringify({ ...file, name: 'wide', plan: { ...file.plan, port: 99999 } })),
    said('../up', JSON.stringify({ ...file, name: '../up' })),
    'mooring:listens=LISTEN 0 128 127.0.0.1:5000 0.0.0.0:*',
  ].join('\n')
  const { apps, damaged } = parseList(output)
  expect(damaged).toEqual(['other', 'broken', 'wide', '../up'])
  expect(apps).toEqual([
    {
      name: 'shop',
      source: file.source,
      plan: file.plan,
      variables: ['WORD'],
      releases: [{ id: '20260504T092047', commit: '0123abcd' }],
      current: '20260504T092047',
      service: 'running',
      restarts: 3,
      listening: 'loopback',
    },
  ])
})

test.each([
  ['', 'absent', 0],
  ['LoadState=not-found ActiveState=inactive SubState=dead NRestarts=0', 'absent', 0],
  ['ActiveState=activating SubState=auto-restart NRestarts=12 LoadState=loaded', 'starting', 12],
  ['LoadState=loaded ActiveState=failed SubState=failed NRestarts=x', 'failed', 0],
  ['LoadState=loaded ActiveState=inactive SubState=dead', 'stopped', 0],
])('of systemctl show: %s', (text, service, restarts) => {
  expect(parseService(text)).toEqual({ service, restarts })
})

test.each(['/home/a b', '/home/%h', 'home', '/home/x"; id', ''])('a home that would mean something in a unit is refused: %s', (home) => {
  const output = `mooring:home=${home}\nmooring:user=ubuntu\nmooring:root=sudo\nmooring:services=system\n`
  expect(() => parseFacts('host', output)).toThrow('HOST_ANSWER_BROKEN')
})

test('the host says what it has, and nothing that we did not ask for', () => {
  const output =
    'mooring:home=/root\nmooring:user=root\nmooring:root=yes\nmooring:services=none\nmooring:program=git\nmooring:program=evil\n'
  expect(parseFacts('host', output)).toEqual({ home: '/root', user: 'root', root: 'yes', services: 'none', programs: ['git'] })
})

test.each([
  ['https://github.com/me/project.git', true],
  ['git@github.com:me/project.git', true],
  ['ssh://git@example.com:2222/me/project', true],
  ['git://127.0.0.1:9418/project', true],
  ['https://me:secret@example.com/project', false],
  ['https://token@example.com/project', false],
  ['ssh://me:secret@example.com/project', false],
  ['ssh://-oProxyCommand=id/x', false],
  ['-upload-pack=id', false],
  ['ext::sh -c id', false],
  ['file:///etc', false],
  ['/etc', false],
  ['-a@b:c', false],
  ['a@-b:c', false],
])('as an address for git: %s', (address, fine) => {
  expect(gitAddress.safeParse(address).success).toBe(fine)
})

test.each([['main', 'release/1.2', 'v1']])('branches and folders below', (...branches) => {
  expect(branches.map((name) => branchName.safeParse(name).success)).toEqual([true, true, true])
  expect(['-x', 'a b', '/a', '.x'].map((name) => branchName.safeParse(name).success)).toEqual([false, false, false, false])
  expect(['web', 'a/b c', 'a.b'].map((name) => subFolder.safeParse(name).success)).toEqual([true, true, true])
  expect(['/a', '../a', 'a/../b', 'a/..', '.', 'a%b', 'a\nb'].map((name) => subFolder.safeParse(name).success)).toEqual(
    Array(7).fill(false),
  )
})

test.each([
  ['fatal: Remote branch nope not found in upstream origin', 'no-branch'],
  ['git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.', 'not-allowed'],
  ["fatal: could not read Username for 'https://github.com': terminal prompts disabled", 'not-allowed'],
  ['fatal: remote error: access denied or repository not exported: /x', 'not-allowed'],
  ["fatal: unable to access 'https://x/': Could not resolve host: x", 'unreachable'],
  ['fatal: unable to connect to 127.0.0.1:\n127.0.0.1[0: 127.0.0.1]: errno=Connection refused', 'unreachable'],
  ['error: something else', undefined],
])('what git says: %s', (text, problem) => {
  expect(gitProblem(text)).toBe(problem)
})
