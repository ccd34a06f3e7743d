import { expect, test } from 'vitest'
import { createConsoles } from '../../../core/console/console.ts'

const ref = { profile: 'p', region: 'r', instanceId: 'i-1' }
const at = new Date('2026-05-04T09:20:47Z')
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])
const consoles = (bytes: Buffer | string, image: Buffer = jpeg) =>
  createConsoles({
    log: async () => ({ bytes: Buffer.from(bytes), at, latest: true }),
    screenshot: async () => image,
  })

test('what an instance prints comes as plain text: no escapes, no line that overwrites, none that turns around', async () => {
  const hostile =
    '\u001b]0;title\u0007\u001b[2J\u001b[0;1;31mred\u001b[0m\r\r\n\u202egnp.exe\u0000\u0008 ok\tend\r\nsame line\rover it\r\n\u009b31m8-bit'
  expect(await consoles(hostile).log(ref)).toEqual({
    text: 'red\ngnp.exe ok\tend\nsame line\nover it\n8-bit',
    at: '2026-05-04T09:20:47.000Z',
    latest: true,
  })
})

test('bytes that are no UTF-8, and far too many, do no harm; the end is what counts', async () => {
  const { text } = await consoles(Buffer.concat([Buffer.alloc(5_000_000, 0xff), Buffer.from('\nlast line')])).log(ref)
  expect([text.endsWith('\nlast line'), text.length <= 256 * 1024]).toEqual([true, true])
})

test('a screenshot is a JPEG of a size that can be shown, or none', async () => {
  expect(await consoles('').screenshot(ref)).toEqual({ image: jpeg.toString('base64') })
  for (const image of [Buffer.alloc(0), Buffer.from('<svg onload=alert(1)>'), Buffer.concat([jpeg, Buffer.alloc(5_000_000)])])
    await expect(consoles('', image).screenshot(ref)).rejects.toMatchObject({
      code: 'SCREENSHOT_UNAVAILABLE',
      details: { instanceId: 'i-1', problem: 'damaged' },
    })
})
