import { expect, test } from 'vitest'
import type { ChangeState, ChangeTarget } from '../../../contract/models/change.ts'
import { createState } from '../../../core/state.ts'
import { backupMade } from '../../../core/updates/after-backup.ts'

const change = (over: boolean, target: Pick<ChangeTarget, 'phase' | 'error'>): ChangeState => ({
  ...{ id: 'image', kind: 'create-image', at: '2026-01-01T00:00:00Z', profile: 'p', over, canUndo: false, canGoOn: false },
  targets: [{ target: 'i-1', name: 'web-1', region: 'eu-west-1', ...target }],
})
const denied = { code: 'AWS_DENIED', details: { action: 'ec2:CreateImage' } } as never

test('an update waits until its backup is done', async () => {
  const changes = createState([change(false, { phase: 'waiting' })])
  let made = false
  const waiting = backupMade(changes, 'image', new AbortController().signal).then(() => (made = true))
  await Promise.resolve()
  expect(made).toBe(false)
  changes.set([change(true, { phase: 'done' })])
  await waiting
  expect(made).toBe(true)
})

test.each<[what: string, ChangeState[], code: string]>([
  ['failed', [change(true, { phase: 'failed', error: denied })], 'AWS_DENIED'],
  ['is not waited for any more', [change(true, { phase: 'left' })], 'CANCELLED'],
  ['was cut off', [change(true, { phase: 'interrupted' })], 'CANCELLED'],
  ['is not known', [], 'CANCELLED'],
])('and does not begin where that %s', async (_what, changes, code) => {
  await expect(backupMade(createState(changes), 'image', new AbortController().signal)).rejects.toMatchObject({ code })
})

test('nor where it is cancelled itself', async () => {
  const ending = new AbortController()
  const waiting = backupMade(createState([change(false, { phase: 'waiting' })]), 'image', ending.signal)
  ending.abort()
  await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' })
})
