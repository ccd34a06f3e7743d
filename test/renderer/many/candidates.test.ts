import { expect, test } from 'vitest'
import type { Bookmark } from '../../../contract/models/bookmark.ts'
import type { Instance } from '../../../contract/models/instance.ts'
import type { Target, TerminalState } from '../../../contract/models/terminal.ts'
import { candidates } from '../../../renderer/many/candidates.ts'

const ref = (instanceId: string) => ({ profile: 'p', region: 'r', instanceId })
const instance = (name: string, more: Partial<Instance> = {}) =>
  ({ ref: ref(`i-${name}`), name, state: 'running', windows: false, ...more }) as Instance
const terminal = (name: string, target: Target, kind: 'open' | 'connecting' = 'open') =>
  ({ id: name, target, name, phase: { kind }, trace: [], shared: false }) as TerminalState
const bookmark = (name: string, target: Target): Bookmark => ({ id: name, name, colour: 'none', notes: '', target })

test('each host once, and none that no command can be run on', () => {
  const web: Target = { kind: 'instance', ref: ref('i-web') }
  const found = candidates(
    [terminal('web', web), terminal('serial', { ...web, serial: true }), terminal('soon', { kind: 'host', host: 'soon' }, 'connecting')],
    [instance('web'), instance('db'), instance('off', { state: 'stopped' }), instance('office', { windows: true })],
    [bookmark('the web', web), bookmark('nas', { kind: 'host', host: 'nas.local' })],
  )
  expect(found.map(({ group, name }) => `${group} ${name}`)).toEqual(['terminals web', 'instances db', 'bookmarks nas'])
})
