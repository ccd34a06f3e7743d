import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { createElectronDouble, installElectronDouble } from '../support/electron-double.ts'

const double = createElectronDouble()
let lending: typeof import('../../electron/lend-clipboard.ts')
beforeAll(async () => {
  installElectronDouble(double)
  lending = await import('../../electron/lend-clipboard.ts')
})
afterEach(() => vi.useRealTimers())

test('a secret is gone from the clipboard after its time', async () => {
  vi.useFakeTimers()
  await lending.lendClipboard('a secret', 60)
  await vi.advanceTimersByTimeAsync(59_000)
  expect(double.clipboard).toBe('a secret')
  await vi.advanceTimersByTimeAsync(1_000)
  expect(double.clipboard).toBe('')
})

test('what was copied since stays', async () => {
  vi.useFakeTimers()
  await lending.lendClipboard('a secret', 60)
  double.clipboard = 'something else'
  await vi.advanceTimersByTimeAsync(60_000)
  expect(double.clipboard).toBe('something else')
})

test('it is taken back at once when the app ends', async () => {
  await lending.lendClipboard('a secret', 60)
  await lending.takeBackClipboard()
  expect(double.clipboard).toBe('')
})
