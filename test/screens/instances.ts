import { expect, type Screen, type Stage } from './stage.ts'

async function showDetails({ instance, details }: Stage, name: string, wanted: string) {
  await instance(name).click()
  await expect(details).toContainText(wanted)
}

export const instances: readonly Screen[] = [
  { name: 'Instances', go: ({ instance }) => expect(instance('web-1')).toBeVisible() },
  {
    name: 'Instances, none',
    before: ({ cloud }) => cloud.setInstances(0),
    go: ({ page, say }) => expect(page.getByText(say('empty.noInstances'), { exact: true }).first()).toBeVisible(),
  },
  {
    name: 'Instances, loading',
    before: ({ cloud }) => cloud.delay({ action: 'DescribeInstances', ms: 60_000 }),
    go: ({ page, say }) => expect(page.getByLabel(say('loading')).first()).toBeVisible(),
  },
  {
    name: 'Instances, one region fails',
    before: ({ cloud }) => cloud.fail({ action: 'DescribeInstances', region: 'eu-west-1', code: 'UnauthorizedOperation' }),
    async go({ page, instance }) {
      await expect(instance('web-1')).toBeVisible()
      await expect(page.getByRole('alert').first()).toBeVisible()
    },
  },
  {
    name: 'Instances, login expired',
    before: ({ cloud }) => cloud.fail({ code: 'ExpiredToken' }),
    go: ({ page }) => expect(page.getByRole('alert').first()).toBeVisible(),
  },
  {
    name: 'Instances, 10,000',
    before: ({ cloud }) => cloud.setInstances(10_000),
    go: ({ page }) => expect(page.getByText(/10[.,\s]?000/).first()).toBeVisible({ timeout: 60_000 }),
  },
  {
    name: 'Instances, nothing matches',
    async go({ page, instance, say }) {
      await expect(instance('web-1')).toBeVisible()
      await page
        .getByRole('searchbox', { name: say('filter.label') })
        .first()
        .fill('no such thing')
      await expect(page.getByText(say('empty.filter')).first()).toBeVisible()
    },
  },
  {
    name: 'Instances, menu',
    async go({ instance, item }) {
      await instance('web-2').click({ button: 'right' })
      await expect(item('actions.bookmark')).toBeVisible()
    },
  },
  {
    name: 'Instances, asked before a stop',
    async go({ instance, item, dialog }) {
      await instance('web-2').click({ button: 'right' })
      await item('actions.stop').click()
      await expect(dialog).toBeVisible()
    },
  },
  {
    name: 'Instances, asked before a termination',
    async go({ instance, item, dialog, say }) {
      await instance('db-primary').click({ button: 'right' })
      await item('instance:terminate').click()
      await dialog.getByRole('checkbox', { name: say('instance:lift') }).check()
      await expect(dialog).toContainText('terminate-instances')
    },
  },
  {
    name: 'Instances, may not be stopped',
    before: ({ cloud }) => cloud.fail({ action: 'StopInstances', code: 'UnauthorizedOperation' }),
    async go({ instance, item, dialog }) {
      await instance('web-2').click({ button: 'right' })
      await item('actions.stop').click()
      await expect(dialog.getByRole('alert')).toBeVisible()
    },
  },
  {
    name: 'Instances, changing a type',
    async go({ instance, item, dialog, say, page }) {
      await instance('batch').click({ button: 'right' })
      await item('instance:type.menu').click()
      await dialog.getByRole('combobox', { name: say('instance:type.label') }).click()
      await page.getByRole('option').nth(2).click()
      await expect(dialog).toContainText('730')
    },
  },
  {
    name: 'Details, tags being edited',
    async go({ instance, button, details, say }) {
      await instance('batch').click()
      await expect(details).toContainText('IMDSv2')
      await button('instance:tags.edit').click()
      await expect(details.getByLabel(say('instance:tags.key', { number: '1' }))).toBeVisible()
      await details.getByLabel(say('instance:tags.key', { number: '1' })).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'Table, several selected',
    async go({ page, instance, button, say }) {
      await expect(instance('web-1')).toBeVisible()
      const row = (name: string) => page.getByRole('grid', { name: say('rooms.instances') }).getByRole('row', { name })
      await row('web-1').click()
      await row('web-2').click({ modifiers: ['ControlOrMeta'] })
      await expect(button('table.connectSeveral', { count: '2' })).toBeEnabled()
    },
  },
  {
    name: 'Table, columns',
    async go({ page, button, say }) {
      await button('table.columns').click()
      await expect(page.getByRole('menuitemcheckbox', { name: say('columns.tags') })).toBeVisible()
    },
  },
  { name: 'Details', go: (stage) => showDetails(stage, 'web-1', 'practice.pem') },
  { name: 'Details, key not on this computer', go: (stage) => showDetails(stage, 'partner-gateway', 'partner-2023') },
  { name: 'Details, Windows', go: (stage) => showDetails(stage, 'win-report', 'Administrator') },
  {
    name: 'Details, Windows, remote desktop',
    async go(stage) {
      await showDetails(stage, 'win-report', 'Administrator')
      await stage.button('windows:menu').click()
      await expect(stage.button('windows:copy')).toBeVisible()
    },
  },
  {
    name: 'Details, what it costs',
    async go(stage) {
      await showDetails(stage, 'web-1', 'practice.pem')
      const price = stage.details.getByText('730')
      await price.scrollIntoViewIfNeeded()
      await expect(price).toBeInViewport()
    },
  },
  {
    name: 'Details, choosing user and key',
    async go(stage) {
      await showDetails(stage, 'web-1', 'practice.pem')
      await stage.details.getByRole('button', { name: stage.say('details.change') }).click()
      await expect(stage.button('save')).toBeVisible()
    },
  },
]
