import { expect, it } from 'vitest'
import { defaultSettings } from '../../../contract/models/settings.ts'
import { exportSettings, readSettings } from '../../../renderer/settings/settings-file.ts'

const file = (settings: unknown) => JSON.stringify({ mooringSettings: 1, settings })

it('exports no host, profile, key file or proxy', () => {
  const exported = exportSettings({
    ...defaultSettings,
    proxy: { kind: 'own', address: 'socks5://hidden@proxy.example' },
    profiles: ['hidden'],
    clipboardHosts: ['hidden'],
    noFolderHook: ['hidden'],
    keyFiles: ['/home/hidden'],
    certificates: ['hidden'],
    fontSize: 20,
  })
  expect(exported).not.toContain('hidden')
  expect(JSON.parse(exported)).toMatchObject({ mooringSettings: 1, settings: { fontSize: 20 } })
})

it('reads back what it exported, and says only what would change', () => {
  const there = { ...defaultSettings, fontSize: 20, shortcuts: { audit: ['ctrl+shift+KeyA'] } }
  expect(readSettings(exportSettings(there), there)).toEqual({ kind: 'changes', changed: [], wanted: {}, ignored: 0 })
  expect(readSettings(exportSettings(there), defaultSettings)).toEqual({
    kind: 'changes',
    changed: ['fontSize', 'shortcuts'],
    wanted: { fontSize: 20, shortcuts: { audit: ['ctrl+shift+KeyA'] } },
    ignored: 0,
  })
})

it('takes nothing that a file of settings is not to bring, such as a right for a host', () => {
  expect(
    readSettings(file({ clipboardHosts: ['evil'], hostClipboard: 'always', fromTomorrow: 1, theme: 'dark' }), defaultSettings),
  ).toEqual({
    kind: 'changes',
    changed: ['theme'],
    wanted: { theme: 'dark' },
    ignored: 3,
  })
})

it('names what is wrong with a broken file', () => {
  const broken = ['', '{', 'null', '[]', '{"mooringSettings":2,"settings":{}}', '{"mooringSettings":1,"settings":[]}']
  expect(broken.map((text) => readSettings(text, defaultSettings))).toEqual(broken.map(() => ({ kind: 'broken' })))
  expect(readSettings(file({ theme: 'dark', fontSize: 4000 }), defaultSettings)).toEqual({ kind: 'broken', setting: 'fontSize' })
})
