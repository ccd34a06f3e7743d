import { expect, test } from 'vitest'
import { PAUSE_AT_BYTES } from '../../../contract/byte-stream.ts'
import { createOutput } from '../../../core/terminals/output.ts'
import { createPagePace } from '../../../core/terminals/page-pace.ts'

function createSource() {
  return {
    paused: false,
    pause() {
      this.paused = true
    },
    resume() {
      this.paused = false
    },
  }
}

function setUp() {
  const output = createOutput()
  const sent: Uint8Array[] = []
  const announced: number[] = []
  const source = createSource()
  output.setSource(source)
  const attach = () =>
    output.attach(
      (bytes) => sent.push(bytes),
      (bytes) => announced.push(bytes),
    )
  const text = () => sent.map((bytes) => Buffer.from(bytes).toString())
  return { output, sent, announced, source, attach, text }
}

test('while nothing is unparsed, output is sent as it comes', () => {
  const { output, attach, text } = setUp()
  attach()
  output.push(Buffer.from('a'))
  output.acknowledge(1)
  output.push(Buffer.from('b'))
  expect(text()).toEqual(['a', 'b'])
})

test('while something is unparsed, output is gathered and sent in one message at the acknowledgement', () => {
  const { output, attach, text } = setUp()
  attach()
  for (const letter of 'abcd') output.push(Buffer.from(letter))
  expect(text()).toEqual(['a'])
  output.acknowledge(1)
  expect(text()).toEqual(['a', 'bcd'])
})

test('the shell is paused when the page has that much to parse, and resumed when it has parsed it', () => {
  const { output, sent, source, attach } = setUp()
  attach()
  const chunk = Buffer.alloc(4096, 'x')
  let pushed = 0
  while (!source.paused) {
    output.push(chunk)
    pushed += chunk.byteLength
  }
  expect(pushed).toBe(PAUSE_AT_BYTES)
  let parsed = 0
  while (source.paused) {
    const bytes = sent.shift()?.byteLength ?? 0
    parsed += bytes
    output.acknowledge(bytes)
  }
  expect(pushed - parsed).toBeLessThanOrEqual(PAUSE_AT_BYTES / 2)
})

test('with no page the shell is paused, and a page that comes gets what was printed, announced as a repetition', () => {
  const { output, source, attach, announced, text } = setUp()
  output.push(Buffer.from('welcome\n'))
  output.push(Buffer.alloc(PAUSE_AT_BYTES, 'x'))
  expect(source.paused).toBe(true)
  attach()
  expect(announced).toEqual([PAUSE_AT_BYTES + 8])
  expect(text().join('').startsWith('welcome\nxxx')).toBe(true)
  output.acknowledge(PAUSE_AT_BYTES + 8)
  expect(source.paused).toBe(false)
})

test('a page that acknowledges more than it got gains nothing by it', () => {
  const { output, source, attach } = setUp()
  attach()
  output.acknowledge(1e9)
  for (let i = 0; i < 64; i++) output.push(Buffer.alloc(4096))
  expect(source.paused).toBe(true)
})

test('a shell that starts after a reconnect is not held back by the last one', () => {
  const { output, source, attach } = setUp()
  attach()
  output.push(Buffer.alloc(PAUSE_AT_BYTES * 2))
  expect(source.paused).toBe(true)
  output.acknowledge(PAUSE_AT_BYTES * 2)
  const next = createSource()
  output.setSource(next)
  expect(next.paused).toBe(false)
  output.push(Buffer.alloc(PAUSE_AT_BYTES))
  expect(next.paused).toBe(true)
})

test('a page that parses slowly gets less ahead, and a shell that starts there too', () => {
  let time = 0
  const output = createOutput(createPagePace(() => time))
  const sent: Uint8Array[] = []
  const asked: number[] = []
  const source = () => ({ ...createSource(), limitAhead: (bytes: number) => asked.push(bytes) })
  output.setSource(source())
  output.attach(
    (bytes) => sent.push(bytes),
    () => {},
  )
  expect(asked).toEqual([PAUSE_AT_BYTES])
  // One megabyte a second.
  for (let times = 0; times < 60; times++) {
    output.push(Buffer.alloc(16 * 1024))
    const bytes = sent.shift()?.byteLength ?? 0
    time += bytes / 1_000
    output.acknowledge(bytes)
  }
  expect(asked.at(-1)).toBe(32 * 1024)
  const next = source()
  output.setSource(next)
  expect(asked.at(-1)).toBe(32 * 1024)
  output.push(Buffer.alloc(16 * 1024))
  expect(next.paused).toBe(false)
  output.push(Buffer.alloc(16 * 1024))
  expect(next.paused).toBe(true)
})
