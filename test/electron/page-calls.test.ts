import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DesktopBridge } from '../../contract/desktop-bridge.ts'
import { createElectronDouble, installElectronDouble, type Sender } from '../support/electron-double.ts'

const PAGE = 'app://mooring/'
const double = createElectronDouble()
const opened: string[] = []
const screens: boolean[] = []
const windows: unknown[] = []
const bridge = () => double.bridge as DesktopBridge<{ name: string }>

beforeAll(async () => {
  installElectronDouble(double)
  new double.modules.BrowserWindow().loadURL(PAGE)
  const { answerPage } = await import('../../electron/page-calls.ts')
  answerPage(PAGE, (channel) => opened.push(channel), {
    setFullScreen: (page, on) => page === (double.page().sender as unknown) && screens.push(on),
    open: (id, place) => windows.push([id, place]),
  })
  await import('../../electron/preload.ts')
})

/** Somebody who is not our page: each differs in one thing. */
const strangers: [string, () => Sender][] = [
  ['a frame inside the page', () => ({ ...double.page(), senderFrame: { url: PAGE } })],
  ['a page that took its place', () => frame('https://evil.example/')],
  ['a page whose address begins alike', () => frame('app://mooring/../evil')],
  ['a frame that is gone', () => ({ ...double.page(), senderFrame: null })],
]

function frame(url: string): Sender {
  const mainFrame = { url }
  return { sender: { mainFrame }, senderFrame: mainFrame }
}

test('the window fills the screen for our own page, and for nobody else', () => {
  bridge().setFullScreen(true)
  bridge().setFullScreen(false)
  for (const [, stranger] of strangers) double.send(stranger(), 'full-screen', [true])
  double.send(double.page(), 'full-screen', ['yes'])
  expect(screens).toEqual([true, false])
})

test('another window is opened for our own page, by a name and a place that can be ones', () => {
  const place = { x: -20, y: 40, width: 900, height: 600 }
  bridge().openWindow('w-1', place)
  bridge().openWindow('w-2', { width: 900, height: 600 })
  for (const [, stranger] of strangers) double.send(stranger(), 'open-window', ['w-3', place])
  for (const id of ['', '../x', 'a b', 7, undefined]) double.send(double.page(), 'open-window', [id, place])
  for (const odd of [undefined, { width: 0, height: 600 }, { width: 1e9, height: 600 }, { ...place, x: 0.5 }])
    double.send(double.page(), 'open-window', ['w-4', odd])
  expect(windows).toEqual([
    ['w-1', place],
    ['w-2', { width: 900, height: 600 }],
  ])
})

function openPort(from: Sender, channel: unknown): MessagePort {
  const { port1, port2 } = new MessageChannel()
  double.send(from, 'open-port', [channel], [port2])
  return port1
}

function closed(port: MessagePort) {
  return new Promise((resolve) => port.on('close', resolve))
}

describe('our page', () => {
  test('opens ports to the core', () => {
    opened.length = 0
    const channels = ['control', 'terminal/t-1', 'upload/u-1']
    const ports = channels.map((channel) => openPort(double.page(), channel))
    expect(opened).toEqual(channels)
    for (const port of ports) port.close()
  })

  test('opens them from whatever place in it', () => {
    opened.length = 0
    openPort(frame(`${PAGE}#settings`), 'control').close()
    expect(opened).toEqual(['control'])
  })

  test.each([['anything'], ['terminal/../control'], [''], [undefined], [{ channel: 'control' }]])(
    'gets no port for %j',
    async (channel) => {
      opened.length = 0
      await closed(openPort(double.page(), channel))
      expect(opened).toEqual([])
    },
  )

  test('opens links of the web and of mail in the system’s own programs, and nothing else', () => {
    double.openedLinks.length = 0
    for (const url of ['https://docs.example/a', 'mailto:a@b.example', 'file:///etc/passwd', 'smb://a/b', 'javascript:alert(1)']) {
      bridge().openLink(url)
    }
    expect(double.openedLinks).toEqual(['https://docs.example/a', 'mailto:a@b.example'])
  })

  test('reads and writes the clipboard', async () => {
    await bridge().writeClipboard('text')
    expect([double.clipboard, await bridge().readClipboard()]).toEqual(['text', 'text'])
  })

  test('writes a text with its colours as well', async () => {
    await bridge().writeClipboard('plain', '<b>plain</b>')
    expect([double.clipboard, double.clipboardHtml]).toEqual(['plain', '<b>plain</b>'])
  })

  test('learns where a dropped file lies', () => {
    expect(bridge().pathOf({ name: 'key.pem' })).toBe('/dropped/key.pem')
  })
})

describe.each(strangers)('%s', (_, stranger) => {
  test('gets no port', async () => {
    opened.length = 0
    await closed(openPort(stranger(), 'control'))
    expect(opened).toEqual([])
  })

  test('opens no link and does not reach the clipboard', async () => {
    double.openedLinks.length = 0
    double.clipboard = 'secret'
    double.send(stranger(), 'open-link', ['https://docs.example/'])
    await expect(double.invoke(stranger(), 'read-clipboard', [])).rejects.toThrow()
    await expect(double.invoke(stranger(), 'write-clipboard', ['x'])).rejects.toThrow()
    expect([double.openedLinks, double.clipboard]).toEqual([[], 'secret'])
  })
})
