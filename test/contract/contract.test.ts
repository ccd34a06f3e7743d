import { isContractProcedure } from '@orpc/contract'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { contract } from '../../contract/contract.ts'
import { userErrorCodes, userErrorData } from '../../contract/errors.ts'
import { secret } from '../../contract/secret.ts'

interface Definition {
  inputSchema?: z.ZodType
  outputSchema?: z.ZodType
}

function* procedures(router: object, path: string[] = []): Generator<[string, Definition]> {
  for (const [name, value] of Object.entries(router)) {
    if (isContractProcedure(value)) yield [[...path, name].join('.'), value['~orpc'] as Definition]
    else yield* procedures(value, [...path, name])
  }
}

/** Whether the secret mark stands anywhere in a schema. Event iterators keep their schema behind a validator's closure: ask oRPC for it. */
function hasSecret(schema: z.ZodType): boolean {
  return JSON.stringify(z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' })).includes('"secret":true')
}

const iteratorSchemas = Symbol.for('ORPC_EVENT_ITERATOR_DETAILS')

function outputs(definition: Definition): z.ZodType[] {
  const { outputSchema } = definition
  if (!outputSchema) return []
  const standard = outputSchema['~standard'] as object
  const details = Object.getOwnPropertySymbols(standard).map((symbol) => (standard as Record<symbol, { yields?: z.ZodType }>)[symbol])
  const yields = details.find((detail) => detail?.yields)?.yields
  return [yields ?? outputSchema]
}

test('no call and no event gives a secret back', () => {
  const leaking = [...procedures(contract)].filter(([, definition]) => outputs(definition).some(hasSecret)).map(([name]) => name)
  expect(leaking).toEqual([])
})

test('the search for secrets sees through objects, arrays, unions and event iterators', () => {
  const inputs = [...procedures(contract)].filter(([, { inputSchema }]) => inputSchema && hasSecret(inputSchema)).map(([name]) => name)
  expect(inputs).toEqual([
    'profiles.addKeys',
    'keys.import',
    'keys.generate',
    'prompts.answer',
    'bookmarks.import',
    'bookmarks.export',
    'deploy.start',
    'vault.create',
    'vault.changePassword',
    'vault.unlock',
    'secrets.put',
  ])
  expect(hasSecret(z.array(z.object({ a: z.union([z.string(), secret]).optional() })))).toBe(true)
  const watched = [...procedures(contract)].filter(([name]) => name.endsWith('.watch'))
  expect(watched.length).toBeGreaterThan(7)
  for (const [, definition] of watched) expect(outputs(definition)[0]).not.toBe(definition.outputSchema)
  expect(iteratorSchemas).toBeDefined()
})

test('every procedure says what it gives back', () => {
  const silent = [...procedures(contract)].filter(([, { outputSchema }]) => !outputSchema).map(([name]) => name)
  expect(silent).toEqual([])
})

test('an error carries the details of its own code and no others', () => {
  expect(userErrorCodes.length).toBeGreaterThan(30)
  const right = { code: 'HOST_UNREACHABLE', details: { address: '203.0.113.5', port: 22, reason: 'timeout' } }
  expect(userErrorData.parse(right)).toEqual(right)
  expect(userErrorData.safeParse({ code: 'HOST_UNREACHABLE', details: {} }).success).toBe(false)
  expect(userErrorData.safeParse({ code: 'NO_SUCH_CODE', details: {} }).success).toBe(false)
})
