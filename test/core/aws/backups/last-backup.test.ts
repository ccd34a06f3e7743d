import { expect, test } from 'vitest'
import type { Backup } from '../../../../contract/models/backup.ts'
import { lastBackup } from '../../../../core/aws/backups/last-backup.ts'

const backup = (facts: Partial<Backup>): Backup => ({
  kind: 'snapshot',
  id: 'snap-1',
  name: '',
  state: 'completed',
  at: '2026-01-01T00:00:00.000Z',
  sizeGiB: 8,
  encrypted: false,
  snapshotIds: [],
  ...facts,
})
const later = '2026-01-09T00:00:00.000Z'

test.each<[string, readonly Backup[], string | undefined]>([
  ['nothing is none', [], undefined],
  ['a snapshot of the system disk counts', [backup({ volumeId: 'vol-root' })], '2026-01-01T00:00:00.000Z'],
  ['one of another disk alone does not bring the machine back', [backup({ volumeId: 'vol-data' })], undefined],
  ['one that is not complete does not count', [backup({ volumeId: 'vol-root', state: 'pending' })], undefined],
  ['an image that failed does not count', [backup({ kind: 'image', state: 'failed' })], undefined],
  [
    'the newest of both kinds is told',
    [backup({ volumeId: 'vol-root' }), backup({ kind: 'image', state: 'available', at: later }), backup({ volumeId: 'vol-root' })],
    later,
  ],
])('%s', (_name, backups, expected) => expect(lastBackup(backups, 'vol-root')).toBe(expected))
