import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const packages: Record<string, { version?: string; resolved?: string; os?: string[] }> = JSON.parse(
  readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
).packages
const installed = Object.entries(packages).filter(([path]) => path !== '')

test('every package in the lock file has its version, without which npm ci installs only where a cache knows it', () => {
  expect(installed.filter(([, { version }]) => !version).map(([path]) => path)).toEqual([])
})

test('the lock file names no registry', () => {
  expect(installed.filter(([, { resolved }]) => resolved).map(([path]) => path)).toEqual([])
})

test('the lock file has the optional packages of every system that the app runs on', () => {
  const systems = new Set(installed.flatMap(([, { os }]) => os ?? []))
  expect([...systems]).toEqual(expect.arrayContaining(['darwin', 'linux', 'win32']))
})
