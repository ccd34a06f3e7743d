import { expect, test } from 'vitest'
import { userErrorCodes, userErrorData } from '../../../contract/errors.ts'
import { profileKind } from '../../../contract/models/profile.ts'
import { question } from '../../../contract/models/prompt.ts'
import { addressReasons, keyReasons, loginReasons, trustReasons } from '../../../contract/models/reach.ts'
import { traceSteps } from '../../../contract/models/terminal.ts'
import { columnIds } from '../../../renderer/instances/columns.ts'
import { english as englishWords } from '../../../renderer/words/english.ts'
import { englishLater } from '../../../renderer/words/english-later.ts'
import { spanish as spanishWords } from '../../../renderer/words/spanish.ts'
import { flatten, placeholders } from './flatten.ts'

const english = flatten({ ...englishWords, ...englishLater })
const spanish = flatten(spanishWords)

test('both languages have the same keys', () => {
  // Spanish has a plural of its own for whole millions.
  const keys = [...spanish.keys()].filter((key) => !key.endsWith('_many'))
  expect(keys.sort()).toEqual([...english.keys()].sort())
})

test('both languages fill the same values in', () => {
  const differing = [...english].filter(([key, text]) => `${placeholders(text)}` !== `${placeholders(spanish.get(key) ?? '')}`)
  expect(differing).toEqual([])
})

test('no words are empty, and none has blanks around it', () => {
  const bad = [...english, ...spanish].filter(([, text]) => text === '' || text !== text.trim())
  expect(bad).toEqual([])
})

test('words have a Spanish translation, but for names and terms of the field', () => {
  const same = [...english].filter(([key, text]) => text.length > 25 && spanish.get(key) === text && !text.startsWith('{{'))
  expect(same).toEqual([])
})

const expected: Readonly<Record<string, readonly string[]>> = {
  'reasons.login': loginReasons,
  'reasons.key': keyReasons,
  'reasons.address': addressReasons,
  'reasons.trust': trustReasons,
  'reasons.because': ['not-an-instance', 'console-empty', 'console-without-keys', 'console-not-readable'],
  steps: traceSteps,
  'shell.columns': columnIds,
  'shell.profiles.kind': profileKind.options,
}

test.each(Object.entries(expected))('every code has words under %s', (place, codes) => {
  expect(codes.filter((code) => !english.has(`${place}.${code}`))).toEqual([])
})

test('every kind of question has a title', () => {
  const kinds = question.options.map((option) => option.shape.kind.value)
  expect(kinds.filter((kind) => !english.has(`shell.prompts.${kind}.title`))).toEqual([])
})

test('every error code has a sentence, at least for each of its contexts', () => {
  const keys = [...english.keys()]
  expect(userErrorCodes.filter((code) => !keys.some((key) => key === `errors.${code}` || key.startsWith(`errors.${code}_`)))).toEqual([])
})

test("an error's sentence fills in only what its details have", () => {
  const shapes = new Map(
    (userErrorData as unknown as { options: { shape: { code: { value: string }; details: { shape: object } } }[] }).options.map(
      ({ shape }) => [shape.code.value, Object.keys(shape.details.shape)],
    ),
  )
  const wrong = [...english].flatMap(([key, text]) => {
    const code = /^errors\.([A-Z_]+?)(_[a-z].*)?$/.exec(key)?.[1]
    return code
      ? placeholders(text)
          .filter((name) => !shapes.get(code)?.includes(name))
          .map((name) => `${key}: ${name}`)
      : []
  })
  expect(wrong).toEqual([])
})
