import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Port } from '../../../contract/port.ts'
import { changeSettings } from '../../../renderer/api/change-settings.ts'
import { api, toUserError } from '../../../renderer/api/client.ts'
import { connectCore } from '../../../renderer/api/connect.ts'
import { findInstance, followInstances, useRows } from '../../../renderer/api/instances.ts'
import { type Live, useLive } from '../../../renderer/api/live.ts'
import { startCore, type TestCore } from '../../support/core.ts'

let home: string
let core: TestCore
let control: Port

const start = () => startCore(home, { AWS_EC2_METADATA_DISABLED: 'true' }, { openPracticeCloud: true })

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'mooring-page-'))
  core = await start()
  followInstances()
  connectCore((channel) => {
    control = core.openPort(channel)
    return control
  })
}, 60_000)

afterAll(async () => {
  await core.close()
  await rm(home, { recursive: true })
})

test('hears every state, and what it changes', async () => {
  await live((state) => state.connection === 'up' && state.settingsLoaded)
  await api.settings.change({ language: 'es' })
  await live((state) => state.settings.language === 'es')
  expect(useLive.getState().info?.host).toBe('browser')
})

test('shows at once what is chosen, as it was again where the core refuses it', async () => {
  const shown = () => useLive.getState().settings.fontSize
  const before = shown()
  const chosen = [changeSettings({ fontSize: 20 }), changeSettings({ fontSize: 21 })]
  expect(shown()).toBe(21)
  await Promise.all(chosen)
  const refused = changeSettings({ fontSize: -1 })
  expect(shown()).toBe(-1)
  await expect(refused).rejects.toThrow()
  expect([before === 21, shown()]).toEqual([false, 21])
})

test('fetches the rows of the regions that the inventory tells of', async () => {
  const web = await row('web-1')
  expect(findInstance(useRows.getState(), web.ref)).toBe(web)
})

test('a call that fails is a UserError with its details', async () => {
  const failed = await api.prompts.answer({ id: 'none', answer: { kind: 'cancel' } }).catch(toUserError)
  expect(failed).toEqual({ code: 'NOT_FOUND', details: { what: 'question' } })
})

test('keeps what it knew while the core is away, and hears the next one', async () => {
  const lost = live((state) => state.connection === 'lost')
  const before = core
  core = await start()
  control.close()
  await lost
  expect([useLive.getState().settings.language, useRows.getState().regions.size > 0]).toEqual(['es', true])
  await live((state) => state.connection === 'up')
  await api.settings.change({ language: 'en' })
  await live((state) => state.settings.language === 'en')
  await before.close()
}, 30_000)

function live(test: (state: Live) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = (state: Live) => {
      if (!test(state)) return
      unsubscribe()
      resolve()
    }
    const unsubscribe = useLive.subscribe(check)
    check(useLive.getState())
  })
}

function row(name: string) {
  const find = () =>
    [...useRows.getState().regions.values()].flatMap(({ instances }) => instances).find((instance) => instance.name === name)
  return new Promise<NonNullable<ReturnType<typeof find>>>((resolve) => {
    const check = () => {
      const found = find()
      if (!found) return
      unsubscribe()
      resolve(found)
    }
    const unsubscribe = useRows.subscribe(check)
    check()
  })
}
