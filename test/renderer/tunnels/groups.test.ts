import { expect, test } from 'vitest'
import type { Forward, TunnelState } from '../../../contract/models/tunnel.ts'
import { engineName } from '../../../renderer/tunnels/engines.ts'
import { groupsOf, lineOf } from '../../../renderer/tunnels/groups.ts'

const to = { bindAddress: '127.0.0.1', bindPort: 15_432, toHost: 'db.example', toPort: 5432 }

test.each<[Forward, ReturnType<typeof lineOf>]>([
  [
    { kind: 'local', ...to },
    { outward: true, here: ':15432', there: 'db.example:5432' },
  ],
  [
    { kind: 'remote', ...to },
    { outward: false, here: 'db.example:5432', there: ':15432' },
  ],
  [
    { kind: 'dynamic', bindAddress: '127.0.0.1', bindPort: 1080 },
    { outward: true, here: ':1080' },
  ],
])('a $kind tunnel is a line between this computer and its target', (forward, line) => {
  expect(lineOf(forward)).toEqual(line)
})

test('tunnels of one host are one group, where the first of them is', () => {
  const tunnel = (id: string, host: string): TunnelState => ({
    id,
    name: id,
    target: { kind: 'host', host },
    forward: { kind: 'local', ...to },
    exposed: false,
    startWithApp: false,
    phase: { kind: 'stopped' },
    connections: 0,
    received: 0,
    sent: 0,
    receiving: 0,
    sending: 0,
  })
  const groups = groupsOf([tunnel('a', 'one'), tunnel('b', 'two'), tunnel('c', 'one')])
  expect(groups.map(({ tunnels }) => tunnels.map(({ id }) => id))).toEqual([['a', 'c'], ['b']])
})

test.each([
  ['postgres', '16.4', 'PostgreSQL 16.4'],
  ['aurora-mysql', '8.0.mysql_aurora.3.08.0', 'Aurora MySQL 8.0'],
  ['sqlserver-ex', '16.00.4135.4.v1', 'SQL Server 16.00'],
  ['something-new', '', 'something-new'],
])('RDS’s %s %s is known as %s', (engine, version, name) => {
  expect(engineName({ engine, version })).toBe(name)
})
