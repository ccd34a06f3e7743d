import { expect, it } from 'vitest'
import { linePath } from '../../../renderer/monitor/line-path.ts'
import { fullestDisk, isNearlyFull } from '../../../renderer/monitor/words.ts'

it('the fullest disk is shown, and a warning from nine tenths on', () => {
  const disk = (mount: string, used: number) => ({ mount, used, total: 100 })
  const fullest = fullestDisk({ system: 'Linux', disks: [disk('/', 31), disk('/srv', 90), disk('/home', 89)] })
  expect(fullest).toEqual(disk('/srv', 90))
  expect([disk('/', 90), disk('/', 89), { mount: '/', used: 0, total: 0 }].map(isNearlyFull)).toEqual([true, false, false])
  expect(fullestDisk({ system: 'Linux', disks: [] })).toBeUndefined()
})

it('a graph ends at the right edge with the newest value', () => {
  expect(linePath([0, 1], 1, 39, 12)).toBe('M38.0 11.0L39.0 1.0')
  expect(linePath([1], 1, 39, 12)).toBe('')
  expect(
    linePath(
      Array.from({ length: 100 }, () => 5),
      1,
      39,
      12,
    ).split('L'),
  ).toHaveLength(40)
})
