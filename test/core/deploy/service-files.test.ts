import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { environmentFile, parseEnvironment, unitFile } from '../../../core/deploy/service-files.ts'

const values = {
  PLAIN: 'x',
  QUOTES: `it's "this"`,
  DOLLAR: '$HOME $'.concat('{x} $(id) `id`'),
  BACK: '\\ \\n a\\',
  LINES: 'one\ntwo="3"\n',
  EMPTY: ' ',
  N: '#;=',
}

test('a shell and this side read of the settings what was put there', () => {
  const text = environmentFile(values)
  expect(parseEnvironment(text)).toEqual(values)
  const folder = mkdtempSync(join(tmpdir(), 'mooring-env-'))
  writeFileSync(join(folder, 'env'), text)
  const script = `set -a; . "$1"; exec env -0`
  const printed = execFileSync('/bin/sh', ['-c', script, 'sh', join(folder, 'env')], { env: { PATH: process.env.PATH }, encoding: 'utf8' })
  rmSync(folder, { recursive: true })
  const read = Object.fromEntries(printed.split('\0').map((each) => [each.split('=')[0], each.slice(each.indexOf('=') + 1)]))
  expect(read).toMatchObject(values)
})

test('lines of somebody else’s are left out', () => {
  expect(parseEnvironment('# x\nA=1\nB="2"\nC="3\n')).toEqual({ B: '2' })
})

test('a service of the machine runs as the login, one of the login’s own as nobody else could', () => {
  const facts = { home: '/home/ec2-user', user: 'ec2-user', root: 'sudo', services: 'system', programs: [] } as const
  expect(unitFile(facts, 'shop', undefined)).toMatchInlineSnapshot(`
    "[Unit]
    Description=shop, deployed by Mooring
    After=network-online.target
    Wants=network-online.target
    StartLimitIntervalSec=0

    [Service]
    User=ec2-user
    WorkingDirectory=/home/ec2-user/.mooring/apps/shop/current
    EnvironmentFile=-/home/ec2-user/.mooring/apps/shop/env
    ExecStart=/bin/sh /home/ec2-user/.mooring/apps/shop/current/.mooring-start
    Restart=always
    RestartSec=2

    [Install]
    WantedBy=multi-user.target
    "
  `)
  const own = unitFile({ ...facts, services: 'user' }, 'shop', 'web app')
  expect(own).toContain('WorkingDirectory=/home/ec2-user/.mooring/apps/shop/current/web app\n')
  expect(own).not.toContain('User=')
  expect(own).toContain('WantedBy=default.target')
})
