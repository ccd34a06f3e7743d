import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AccountChange, ChangeState } from '../../../contract/models/change.ts'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import { type PracticeCloud, startPracticeCloud } from '../../../demo/start.ts'
import { createHome } from '../../support/app.ts'
import { startCore, type TestCore, until } from '../../support/core.ts'
import { type DebianHost, startDebian } from '../../support/debian.ts'
import { giveAccount } from '../../support/host.ts'
import { makeKey } from '../../support/sshd.ts'
import { type BackupDisk, makeBackupDisk } from './backup-disk.ts'

// The account is the practice cloud's; the machine is a Debian with OpenSSH, sudo and util-linux, and the disk a real file system.
const ref: InstanceRef = { profile: 'practice', region: 'sa-east-1', instanceId: 'i-0684e3b7d2f5a1c90' }
let cloud: PracticeCloud
let home: Awaited<ReturnType<typeof createHome>>
let debian: DebianHost
let disk: BackupDisk
let core: TestCore
let snapshotId: string
const start = async () => (core = await startCore(home.home, { AWS_PROFILE: 'practice' }))

beforeAll(async () => {
  cloud = await startPracticeCloud()
  await cloud.setTimes({ backup: 10, volume: 10, boot: 10 })
  home = await createHome()
  const key = makeKey(join(home.home, '.ssh', 'id_ed25519'))
  debian = await startDebian({ authorizedKey: key.publicKey })
  debian.run('mount -t sysfs sysfs /sys')
  disk = makeBackupDisk(debian, { 'etc/hostname': 'sensor-hub\n', 'srv/letter.txt': 'as it was yesterday\n' })
  const names = `${ref.instanceId} 198.51.100.11`
  await writeFile(
    join(home.home, '.ssh', 'config'),
    `Host ${names}\n  HostName 127.0.0.1\n  Port ${debian.port}\n  User ${debian.user}\n  IdentityFile ~/.ssh/id_ed25519\n`,
  )
  await appendFile(join(home.home, '.ssh', 'known_hosts'), `[127.0.0.1]:${debian.port} ${debian.hostKey}\n`)
  await giveAccount(home.home, cloud)
  await start()
  const volumeIds = (await list()).volumes.map(({ id }) => id)
  await over(await apply({ kind: 'create-snapshots', name: 'yesterday', volumeIds }))
  snapshotId = (await list()).backups[0]?.id ?? ''
}, 120_000)
afterAll(async () => {
  await core?.close()
  await debian?.stop()
  disk?.remove()
  await cloud?.stop()
  await home?.remove()
})

const list = () => core.client.backups.list({ ref })
const volumes = async () => (await list()).kept.map(({ id }) => id)
const find = async (id: string, is: (change: ChangeState) => unknown): Promise<ChangeState> =>
  until(await core.client.changes.watch(), (changes) => changes.find((each) => each.id === id && is(each)))
const over = (id: string) => find(id, (change) => change.over)
async function apply(change: AccountChange): Promise<string> {
  const prepared = await core.client.changes.prepare({ refs: [ref], change })
  expect(prepared.targets).toMatchObject([{ allowed: 'yes' }])
  return (await core.client.changes.apply({ id: prepared.id })).id
}
/** Up to where its files can be read. */
async function read(): Promise<{ id: string; volumeId: string; folder: string }> {
  const id = await apply({ kind: 'read-backup', snapshotId })
  await find(id, ({ targets }) => targets[0]?.waitsFor === 'mount')
  const [volumeId = ''] = await volumes()
  disk.plugIn(volumeId)
  const done = await over(id)
  expect(done.targets[0]?.error).toBeUndefined()
  expect(done).toMatchObject({ canUndo: true, targets: [{ phase: 'done', folder: `/home/${debian.user}/.mooring/backups/${volumeId}` }] })
  return { id, volumeId, folder: done.targets[0]?.folder ?? '' }
}
async function done(id: string): Promise<ChangeState> {
  const back = await core.client.changes.prepareUndo({ id })
  await core.client.changes.apply({ id: back.id })
  return over(back.id)
}

test('what will be done is shown: the disk, where, the commands on AWS and on the machine', async () => {
  const { targets } = await core.client.changes.prepare({ refs: [ref], change: { kind: 'read-backup', snapshotId } })
  expect(targets[0]).toMatchObject({
    allowed: 'yes',
    actions: ['ec2:CreateVolume', 'ec2:AttachVolume'],
    notes: [
      { code: 'reads-backup', params: { zone: 'sa-east-1c', size: '8', what: snapshotId } },
      { code: 'mounts' },
      { code: 'until-done' },
    ],
  })
  expect(targets[0]?.commands.filter((line) => line.includes('sudo'))).toEqual([
    `sudo -n true && command -v lsblk blkid mountpoint # on ${ref.instanceId}`,
    `sudo mount -o ro,nosuid,nodev,noexec /dev/sdf ~/.mooring/backups/$VOLUME # on ${ref.instanceId}`,
  ])
})

test('its files are read on the machine, cannot be written, and Done leaves nothing', async () => {
  const { id, volumeId, folder } = await read()
  expect(debian.run(`cat ${folder}/srv/letter.txt`)).toBe('as it was yesterday\n')
  expect(debian.run(`grep ' ${folder} ' /proc/mounts`)).toMatch(/ ext4 ro,nosuid,nodev,noexec,\S*(norecovery|noload)/)
  expect(debian.run(`touch ${folder}/srv/new 2>&1; stat -c %a /home/${debian.user}/.mooring/backups`)).toMatch(/Read-only file system\n700/)
  expect(await done(id)).toMatchObject({ kind: 'end-reading', targets: [{ phase: 'done' }] })
  expect(disk.isMounted()).toBe(false)
  expect(await volumes()).toEqual([])
  expect(debian.run(`ls -A /home/${debian.user}/.mooring`)).toBe('')
  const log = (await core.client.activity.list()).slice(0, 6).map(({ action, command, outcome }) => ({ action, command, outcome }))
  expect(log.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    'ec2:DeleteVolume done',
    'ec2:DetachVolume done',
    'mooring:UnmountBackup done',
    'mooring:MountBackup done',
    'ec2:AttachVolume done',
    'ec2:CreateVolume done',
  ])
  expect(log[3]?.command).toMatch(
    new RegExp(`^sudo mount -t ext4 -o ro,nosuid,nodev,noexec,noload /dev/loop\\d+ '?~/.mooring/backups/${volumeId}`),
  )
})

test('who still stands in the folder is named, nothing is taken away, and it goes on afterwards', async () => {
  const { id, folder } = await read()
  debian.run(`cd ${folder} && (sudo -u ${debian.user} setsid sleep 1000 >/dev/null 2>&1 </dev/null &)`)
  const back = await core.client.changes.prepareUndo({ id })
  await core.client.changes.apply({ id: back.id })
  const busy = await over(back.id)
  expect(busy).toMatchObject({
    canGoOn: true,
    targets: [{ phase: 'failed', error: { code: 'BACKUP_IN_USE', details: { by: [expect.stringMatching(/^sleep \(\d+\)$/)] } } }],
  })
  expect(disk.isMounted()).toBe(true)
  const [, pid] = /\((\d+)\)/.exec(JSON.stringify(busy.targets[0]?.error)) ?? []
  debian.run(`kill ${pid}`)
  await core.client.changes.goOn({ id: back.id })
  expect(await over(back.id)).toMatchObject({ targets: [{ phase: 'done' }] })
  expect(await volumes()).toEqual([])
})

test('the app’s end forgets nothing: the next start says that the disk is there, and takes it down', async () => {
  const { id, volumeId, folder } = await read()
  await core.close()
  await start()
  expect(await over(id)).toMatchObject({ kind: 'read-backup', canUndo: true, canGoOn: false, targets: [{ phase: 'done', folder }] })
  await core.client.changes.clear()
  expect((await over(id)).canUndo).toBe(true)
  expect(await done(id)).toMatchObject({ targets: [{ phase: 'done' }] })
  expect(await volumes()).not.toContain(volumeId)
  await core.close()
  await start()
  expect(await until(await core.client.changes.watch(), (changes) => [changes])).toEqual([[]])
})

test('an app that ends while it mounts asks at its next start, and goes on', async () => {
  const id = await apply({ kind: 'read-backup', snapshotId })
  await find(id, ({ targets }) => targets[0]?.waitsFor === 'mount')
  const [volumeId = ''] = await volumes()
  await core.close()
  await start()
  expect(await over(id)).toMatchObject({ canGoOn: true, canUndo: true, targets: [{ phase: 'interrupted' }] })
  disk.plugIn(volumeId)
  await core.client.changes.goOn({ id })
  expect(await over(id)).toMatchObject({ canUndo: true, targets: [{ phase: 'done' }] })
  expect(await done(id)).toMatchObject({ targets: [{ phase: 'done' }] })
})

test('cancelled in the middle, or refused by the machine, the disk is taken down again by itself', async () => {
  const id = await apply({ kind: 'read-backup', snapshotId })
  await find(id, ({ targets }) => targets[0]?.waitsFor === 'mount')
  await core.client.changes.leave({ id })
  const taken = await until(await core.client.changes.watch(), ([last]) => (last?.kind === 'end-reading' && last.over ? last : undefined))
  expect(taken.targets).toMatchObject([{ phase: 'done' }])
  expect(await volumes()).toEqual([])
  debian.run('mv /etc/sudoers.d/admin /root/')
  const refused = await over(await apply({ kind: 'read-backup', snapshotId }))
  debian.run('mv /root/admin /etc/sudoers.d/')
  expect(refused).toMatchObject({ canUndo: false, targets: [{ phase: 'failed', error: { code: 'ROOT_UNAVAILABLE' } }] })
  expect(await volumes()).toEqual([])
})
