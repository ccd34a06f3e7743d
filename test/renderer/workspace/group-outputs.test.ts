import { expect, test } from 'vitest'
import { groupOutputs } from '../../../renderer/workspace/compare/group-outputs.ts'

const output = (key: string, text: string) => ({ key, name: key, text })
const grouped = (...outputs: ReturnType<typeof output>[]) =>
  groupOutputs(outputs).map(({ text, members }) => `${text}: ${members.map(({ key }) => key).join(' ')}`)

test('terminals that show the same are together, the commonest first', () => {
  expect(grouped(output('a', 'x'), output('b', 'y'), output('c', 'y'), output('d', 'z'))).toEqual(['y: b c', 'x: a', 'z: d'])
  expect(grouped(output('a', 'x'), output('b', 'y'))).toEqual(['x: a', 'y: b'])
  expect(grouped()).toEqual([])
})
