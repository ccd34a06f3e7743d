import { expect, test } from 'vitest'
import type { Question } from '../../../contract/models/prompt.ts'
import { createPrompts } from '../../../core/prompts/prompts.ts'

const question: Question = { kind: 'mfa-code', profile: 'prod', serial: 'arn:aws:iam::123456789012:mfa/ana', again: false }

test('a question stays until it is answered', async () => {
  const prompts = createPrompts()
  const asked = prompts.ask(question, { terminalId: 't1' })
  const [pending] = prompts.state.value
  expect(pending).toEqual({ id: expect.any(String), terminalId: 't1', question })
  prompts.answer(pending?.id ?? '', { kind: 'values', values: ['123456'], remember: false })
  expect(await asked).toEqual({ kind: 'values', values: ['123456'], remember: false })
  expect(prompts.state.value).toEqual([])
})

test('cancelling is an answer that ends what asked', async () => {
  const prompts = createPrompts()
  const asked = prompts.ask(question)
  prompts.answer(prompts.state.value[0]?.id ?? '', { kind: 'cancel' })
  await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' })
})

test('a question is withdrawn when what asked it is given up', async () => {
  const prompts = createPrompts()
  const stop = new AbortController()
  const asked = prompts.ask(question, { signal: stop.signal })
  stop.abort()
  await expect(asked).rejects.toMatchObject({ code: 'CANCELLED' })
  expect(prompts.state.value).toEqual([])
  await expect(prompts.ask(question, { signal: stop.signal })).rejects.toMatchObject({ code: 'CANCELLED' })
})

test('a second answer to the same question is refused', () => {
  expect(() => createPrompts().answer('gone', { kind: 'yes' })).toThrow(expect.objectContaining({ code: 'NOT_FOUND' }))
})
