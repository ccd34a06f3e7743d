import { expect, test } from 'vitest'
import { createState, watchState } from '../../core/state.ts'

test('a watcher gets the value at once and again after a change', async () => {
  const state = createState(1)
  const stop = new AbortController()
  const values = watchState(state, stop.signal)
  const first = await values.next()
  state.set(2)
  const second = await values.next()
  expect([first.value, second.value]).toEqual([1, 2])
  await values.return()
})

test('a thousand changes cost a slow watcher one value, the latest', async () => {
  const state = createState(0)
  const values = watchState(state, undefined)
  await values.next()
  for (let value = 1; value <= 1000; value++) state.set(value)
  const next = await values.next()
  expect(next.value).toBe(1000)
  await values.return()
})

test('watching ends when the signal aborts, and nobody is listening any more', async () => {
  const state = createState('a')
  const stop = new AbortController()
  const values = watchState(state, stop.signal)
  await values.next()
  const end = values.next()
  stop.abort()
  expect(await end).toEqual({ value: undefined, done: true })
})

test('a change made between two reads is not lost', async () => {
  const state = createState(0)
  const values = watchState(state, undefined)
  await values.next()
  state.set(1)
  expect((await values.next()).value).toBe(1)
  state.set(2)
  expect((await values.next()).value).toBe(2)
  await values.return()
})
