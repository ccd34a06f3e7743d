import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { randomart } from '../../../core/ssh/randomart.ts'

const folder = mkdtempSync(join(tmpdir(), 'mooring-randomart-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

for (const [type, bits] of [
  ['ed25519', '256'],
  ['ecdsa', '256'],
  ['ecdsa', '384'],
  ['ecdsa', '521'],
  ['rsa', '1024'],
  ['rsa', '2048'],
  ['rsa', '3071'],
] as const) {
  test(`the picture of an ${type} key of ${bits} bits is ssh-keygen's`, () => {
    const file = join(folder, `${type}-${bits}`)
    execFileSync('ssh-keygen', ['-q', '-t', type, '-b', bits, '-N', '', '-f', file])
    const printed = execFileSync('ssh-keygen', ['-lv', '-f', `${file}.pub`], { encoding: 'utf8' })
    const blob = Buffer.from(readFileSync(`${file}.pub`, 'utf8').split(' ')[1] ?? '', 'base64')
    expect(randomart(blob)).toBe(printed.trimEnd().split('\n').slice(1).join('\n'))
  })
}
