import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HandlerDetails, PermissionRequest, Protocol, Session, WebContents } from 'electron'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { contentSecurityPolicy } from '../../contract/content-security-policy.ts'
import { cancellable } from '../support/electron/app.ts'
import { ContentsDouble } from '../support/electron/window.ts'
import { createElectronDouble, installElectronDouble } from '../support/electron-double.ts'

const PAGE = 'app://mooring/'
const double = createElectronDouble()
let contents: ContentsDouble
let folder: string

beforeAll(async () => {
  installElectronDouble(double)
  const { confine, refusePermissions } = await import('../../electron/hardening.ts')
  const { registerPageScheme, servePage } = await import('../../electron/page-protocol.ts')
  contents = new ContentsDouble()
  // The doubles hold the parts that are used.
  confine(contents as unknown as WebContents, PAGE)
  refusePermissions(double.session as unknown as Session)
  folder = await mkdtemp(join(tmpdir(), 'mooring-page-'))
  await writeFile(join(folder, 'index.html'), '<title>Mooring</title>')
  registerPageScheme()
  servePage(double.session.protocol as unknown as Protocol, folder)
})
afterAll(() => rm(folder, { recursive: true }))

describe('the page cannot leave', () => {
  test.each([
    ['to the web', 'https://evil.example/', true],
    ['to a file', 'file:///etc/passwd', true],
    ['to another page of ours', 'app://mooring/other.html', true],
    ['to another host of our scheme', 'app://evil/', true],
    ['in a frame', PAGE, false],
  ])('%s', (_, url, isMainFrame) => {
    const navigation = cancellable({ url, isMainFrame })
    contents.emit('will-frame-navigate', navigation)
    expect(navigation.defaultPrevented).toBe(true)
  })

  test('but may reload', () => {
    const navigation = cancellable({ url: PAGE, isMainFrame: true })
    contents.emit('will-frame-navigate', navigation)
    expect(navigation.defaultPrevented).toBe(false)
  })

  test.each(['will-redirect', 'will-attach-webview'])('%s is prevented', (name) => {
    const event = cancellable()
    contents.emit(name, event)
    expect(event.defaultPrevented).toBe(true)
  })

  test('into a new window: a link of the web opens in the system’s browser, others do nothing', () => {
    const open = (url: string) => contents.openHandler?.({ url } as HandlerDetails)
    expect([open('https://docs.example/'), open('file:///etc/passwd')]).toEqual([{ action: 'deny' }, { action: 'deny' }])
    expect(double.openedLinks).toEqual(['https://docs.example/'])
  })

  test('and downloads nothing', () => {
    const download = cancellable()
    double.session.emit('will-download', download)
    expect(download.defaultPrevented).toBe(true)
  })
})

test('every permission is refused but to tell what has ended', () => {
  function answersTo(permission: 'media' | 'geolocation' | 'notifications' | 'clipboard-read' | 'usb' | 'fullscreen') {
    const answers = [double.session.check?.(null, permission, PAGE, {} as never)]
    double.session.request?.(contents as unknown as WebContents, permission, (granted) => answers.push(granted), {} as PermissionRequest)
    return answers
  }
  for (const permission of ['media', 'geolocation', 'clipboard-read', 'usb', 'fullscreen'] as const)
    expect(answersTo(permission)).toEqual([false, false])
  expect(answersTo('notifications')).toEqual([true, true])
  expect(double.session.device?.({} as never)).toBe(false)
})

describe('the page’s own scheme', () => {
  const get = (url: string, method = 'GET') =>
    double.session.protocol.handlers.get('app')?.(new Request(url, { method })) as Promise<Response>

  test('has an origin, and is registered before the app is ready', () => {
    expect(double.protocol.schemes).toEqual([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }])
  })

  test('serves the page with the same policy as the browser host', async () => {
    const response = await get(PAGE)
    expect([response.status, await response.text()]).toEqual([200, '<title>Mooring</title>'])
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-security-policy': contentSecurityPolicy,
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
    })
  })

  test.each([
    'app://mooring/missing.js',
    'app://mooring/..%2f..%2fetc%2fpasswd',
    'app://mooring/../../etc/passwd',
    'app://mooring/%5c..%5cetc',
    'app://evil/index.html',
  ])('has nothing at %s', async (url) => {
    const response = await get(url)
    expect([response.status, response.headers.get('content-security-policy')]).toEqual([404, contentSecurityPolicy])
  })

  test('answers GET only', async () => {
    expect((await get(PAGE, 'POST')).status).toBe(404)
  })
})
