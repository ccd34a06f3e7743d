import { expect, type Screen, type Stage } from './stage.ts'

async function openNetwork({ instance, details, say }: Stage, name: string) {
  await instance(name).click()
  await details.getByRole('tab', { name: say('network:title') }).click()
}
const rules = ({ details, say }: Stage) => expect(details.getByRole('table', { name: say('network:rules.outbound') })).toBeVisible()

export const network: readonly Screen[] = [
  {
    name: 'Network',
    async go(stage) {
      await openNetwork(stage, 'web-1')
      await rules(stage)
    },
  },
  {
    name: 'Network, not allowed',
    before: ({ cloud }) => cloud.fail({ action: 'DescribeSecurityGroupRules', code: 'UnauthorizedOperation' }),
    async go(stage) {
      await openNetwork(stage, 'web-1')
      await expect(stage.details.getByRole('alert')).toBeVisible()
    },
  },
  {
    name: 'Network, loading',
    before: ({ cloud }) => cloud.delay({ action: 'DescribeSecurityGroupRules', ms: 60_000 }),
    async go(stage) {
      await openNetwork(stage, 'web-1')
      await expect(stage.details.getByLabel(stage.say('network:loading'))).toBeVisible()
    },
  },
  {
    name: 'Network, opening 5000 to anyone',
    async go(stage) {
      await openNetwork(stage, 'web-1')
      await stage.button('network:openPort.anyone').click()
      await expect(stage.dialog).toContainText('authorize-security-group-ingress')
    },
  },
  {
    name: 'Network, may not be changed',
    before: ({ cloud }) => cloud.fail({ action: 'RevokeSecurityGroupIngress', code: 'UnauthorizedOperation' }),
    async go(stage) {
      await openNetwork(stage, 'win-report')
      await stage.details.getByRole('table').first().getByRole('button').nth(1).click()
      await expect(stage.dialog.getByRole('alert')).toBeVisible()
    },
  },
  {
    name: 'Network, a new security group',
    async go(stage) {
      await openNetwork(stage, 'web-1')
      await stage.button('network:groups.create').click()
      await stage.dialog.getByLabel(stage.say('network:groups.name')).fill('app')
      await stage.button('network:groups.next').click()
      await expect(stage.dialog).toContainText('create-security-group')
    },
  },
  {
    name: 'Network, the security groups',
    async go(stage) {
      await openNetwork(stage, 'web-1')
      await rules(stage)
      await stage.details.getByRole('region', { name: stage.say('network:groups.title') }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'Network, adding a rule',
    async go(stage) {
      await openNetwork(stage, 'web-1')
      await stage.button('network:rules.add').first().click()
      await expect(stage.dialog.getByLabel(stage.say('network:form.ports'))).toBeVisible()
    },
  },
  {
    name: 'Network, why it cannot be reached',
    newcomer: true,
    async go({ button, open, terminal, say }) {
      await button('first.practice.button').click()
      await open('shop-eu')
      const path = terminal('shop-eu').getByRole('list', { name: say('network:why.path') })
      await expect(path).toBeVisible({ timeout: 40_000 })
    },
  },
  {
    name: 'Network, why, in the details',
    newcomer: true,
    async go(stage) {
      await stage.button('first.practice.button').click()
      await openNetwork(stage, 'cache')
      await stage.button('network:why.ask').click()
      await expect(stage.details.getByRole('list', { name: stage.say('network:why.path') })).toBeVisible({ timeout: 40_000 })
    },
  },
  {
    name: 'Network, what was done',
    newcomer: true,
    async go(stage) {
      const { button, dialog, page, say } = stage
      await button('first.practice.button').click()
      await openNetwork(stage, 'shop-eu')
      await button('network:openPort.me').click()
      await dialog.getByRole('button', { name: say('network:change.apply.add', { count: 1 }) }).click()
      await button('network:change.undo').click()
      await expect(page.getByText('5000')).toHaveCount(0)
      await page.mouse.move(0, 0)
      await button('network:activity.title').click()
      await expect(dialog.getByRole('listitem')).toHaveCount(2)
      await button('network:activity.save').click()
    },
  },
  {
    name: 'Network, nothing done yet',
    async go(stage) {
      await openNetwork(stage, 'web-1')
      await stage.button('network:activity.title').click()
      await expect(stage.dialog).toContainText(stage.say('network:activity.none'))
    },
  },
  {
    name: 'Narrow, network',
    window: { width: 700, height: 800 },
    async go(stage) {
      const { page, button, instance, details, say } = stage
      await button('rooms.instances').click()
      await instance('web-1').click()
      await page.keyboard.press('Escape')
      await button('frame.details').click()
      await details.getByRole('tab', { name: say('network:title') }).click()
      await rules(stage)
    },
  },
]
