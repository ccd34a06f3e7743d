import { expect, type Screen, type Stage } from './stage.ts'

async function openBackups({ instance, details, say, button }: Stage, name = 'web-1') {
  await instance(name).click()
  await details.getByRole('tab', { name: say('backups:title') }).click()
  await expect(button('backups:createImage')).toBeVisible()
}
async function take(stage: Stage, kind: 'createImage' | 'createSnapshots', name: string) {
  const { button, dialog, say, details } = stage
  await button(`backups:${kind}`).click()
  await dialog.getByLabel(say('backups:name')).fill(name)
  await button('instance:next').click()
  await dialog
    .getByRole('button', { name: say(`instance:apply.${kind === 'createImage' ? 'create-image' : 'create-snapshots'}_one`) })
    .click()
  await expect(details.getByRole('listitem').filter({ hasText: name })).toBeVisible()
}
async function openMenu({ details, say, page }: Stage, name: string, item: string) {
  await expect(details.getByRole('progressbar')).toHaveCount(0, { timeout: 60_000 })
  await details.getByRole('button', { name: say('backups:moreOf', { name }) }).click()
  if (item) await page.getByRole('menuitem', { name: say(item) }).click()
}

export const backups: readonly Screen[] = [
  { name: 'Backups, none', go: (stage) => openBackups(stage) },
  {
    name: 'Backups, an image and snapshots',
    async go(stage) {
      await openBackups(stage)
      await take(stage, 'createImage', 'web-1 before the update')
      await take(stage, 'createSnapshots', 'web-1 nightly')
      await openMenu(stage, 'web-1 before the update', '')
    },
  },
  {
    name: 'Backups, making an image',
    async go(stage) {
      await openBackups(stage)
      await stage.button('backups:createImage').click()
      await expect(stage.dialog).toBeVisible()
    },
  },
  {
    name: 'Restore in place, shown first',
    async go(stage) {
      await openBackups(stage)
      await take(stage, 'createSnapshots', 'yesterday')
      await openMenu(stage, 'yesterday', 'backups:restore.inPlace')
      await expect(stage.dialog).toContainText('create-replace-root-volume-task')
    },
  },
  {
    name: 'A backup’s files, choosing a machine',
    async go(stage) {
      await openBackups(stage)
      await take(stage, 'createSnapshots', 'yesterday')
      await openMenu(stage, 'yesterday', 'backups:restore.read')
      await expect(stage.dialog).toContainText('gp3')
    },
  },
  {
    name: 'A backup’s files, being read',
    async go(stage) {
      await openBackups(stage)
      await take(stage, 'createSnapshots', 'yesterday')
      await openMenu(stage, 'yesterday', 'backups:restore.read')
      await stage.button('instance:next').click()
      await expect(stage.dialog).toContainText('sudo mount')
      await stage.dialog.getByRole('button', { name: stage.say('instance:apply.read-backup_one') }).click()
      await expect(stage.page.getByRole('status').filter({ hasText: stage.say('backups:read.note') })).toBeVisible({ timeout: 60_000 })
    },
  },
  {
    name: 'Restore, copying to another region',
    async go(stage) {
      await openBackups(stage)
      await take(stage, 'createSnapshots', 'last week')
      await openMenu(stage, 'last week', 'backups:copyTo.menu')
      await expect(stage.dialog).toBeVisible()
    },
  },
]

async function openSchedule(stage: Stage) {
  await openBackups(stage)
  await stage.button('schedules:add').click()
  await expect(stage.dialog.getByLabel(stage.say('schedules:form.often'))).toBeVisible()
}
async function makeSchedule(stage: Stage) {
  await openSchedule(stage)
  await stage.button('instance:next').click()
  await expect(stage.dialog).toContainText('create-lifecycle-policy')
}
export const schedules: readonly Screen[] = [
  { name: 'Schedules, making one', go: openSchedule },
  { name: 'Schedules, shown first', go: makeSchedule },
  {
    name: 'Schedules, one that runs',
    async go(stage) {
      await makeSchedule(stage)
      await stage.dialog.getByRole('button', { name: stage.say('instance:apply.create-schedule_one') }).click()
      const list = stage.details.getByRole('list', { name: stage.say('schedules:list') })
      await expect(list).toBeVisible({ timeout: 30_000 })
      await list.scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'Schedules, may not',
    before: ({ cloud }) => cloud.fail({ action: 'GetLifecyclePolicies', code: 'AccessDeniedException', status: 403 }),
    async go(stage) {
      await openBackups(stage)
      await expect(stage.details.getByRole('alert').filter({ hasText: 'dlm:GetLifecyclePolicies' })).toBeVisible()
    },
  },
]

async function openLaunch({ button, dialog, say, instance }: Stage) {
  await expect(instance('web-1')).toBeVisible()
  await button('launch:command').click()
  await expect(dialog.getByLabel(say('launch:image'))).toBeVisible()
}
export const launch: readonly Screen[] = [
  { name: 'Launch', go: openLaunch },
  {
    name: 'Launch, shown first',
    async go(stage) {
      await openLaunch(stage)
      await stage.dialog.getByLabel(stage.say('launch:name')).fill('my server')
      await stage.button('instance:next').click()
      await expect(stage.dialog).toContainText('run-instances')
    },
  },
  {
    name: 'Launch, narrow',
    window: { width: 480, height: 800 },
    async go(stage) {
      await stage.page
        .getByRole('button', { name: stage.say('rooms.instances') })
        .first()
        .click()
      await openLaunch(stage)
    },
  },
  {
    name: 'Launch, may not',
    before: ({ cloud }) => cloud.fail({ action: 'DescribeImages', code: 'UnauthorizedOperation' }),
    async go({ button, dialog, instance }) {
      await expect(instance('web-1')).toBeVisible()
      await button('launch:command').click()
      await expect(dialog.getByRole('alert')).toBeVisible()
    },
  },
]
