import { expect, type Screen, type Stage } from './stage.ts'

async function open({ instance, button }: Stage) {
  await expect(instance('web-1')).toBeVisible()
  await button('audit:title').click()
}
const found = ({ dialog, say }: Stage) => expect(dialog.getByRole('list', { name: say('audit:kind.open-ssh') }).first()).toBeVisible()

export const audit: readonly Screen[] = [
  {
    name: 'Audit',
    async go(stage) {
      await open(stage)
      await found(stage)
    },
  },
  {
    name: 'Audit, narrow',
    window: { width: 640, height: 900 },
    async go(stage) {
      await stage.button('audit:title').click()
      await found(stage)
    },
  },
  {
    name: 'Audit, not allowed and not reached',
    async before({ cloud }) {
      await cloud.fail({ action: 'DescribeVolumes', code: 'UnauthorizedOperation' })
    },
    async go(stage) {
      await open(stage)
      await stage.cloud.fail({ action: 'DescribeSecurityGroupRules', code: 'RequestLimitExceeded' })
      await expect(stage.dialog.getByRole('alert').first()).toBeVisible()
    },
  },
]
