import { expect, type Screen, type Stage } from './stage.ts'

async function openConsole({ instance, details, say }: Stage, name: string) {
  await instance(name).click()
  await details.getByRole('tab', { name: say('keyless:console.title') }).click()
  await expect(details.getByRole('region', { name: say('keyless:console.log') })).toBeVisible()
}
const serialTab = ({ say, terminal }: Stage) => terminal(say('keyless:serial.tab', { name: 'shop-eu' }))

export const consoles: readonly Screen[] = [
  {
    name: 'Console, log and screen',
    async go(stage) {
      await openConsole(stage, 'web-1')
      await expect(stage.details).toContainText('SSH HOST KEY FINGERPRINTS')
      await stage.button('keyless:console.take').click()
      await expect(stage.details.getByRole('img', { name: /web-1/ })).toBeVisible()
    },
  },
  {
    name: 'Console, nothing printed',
    async go(stage) {
      await openConsole(stage, 'sensor-hub')
      await expect(stage.details).toContainText(stage.say('keyless:console.empty'))
    },
  },
  {
    name: 'Serial console',
    newcomer: true,
    async go(stage) {
      await stage.button('first.practice.button').click()
      await openConsole(stage, 'shop-eu')
      await stage.button('keyless:serial.open').click()
      await expect(serialTab(stage)).toContainText('shop-eu login:')
    },
  },
  {
    name: 'Lost key',
    newcomer: true,
    async go({ button, dialog, open, say }) {
      await button('first.practice.button').click()
      await open('partner-gateway')
      await button('keyless:recover.open').click()
      await expect(dialog.getByLabel(say('keyless:recover.name'))).toBeVisible()
    },
  },
  {
    name: 'Narrow, why it cannot be reached',
    window: { width: 700, height: 800 },
    newcomer: true,
    async go({ page, button, terminal, say }) {
      await button('first.practice.button').click()
      await page.getByRole('row', { name: 'shop-eu' }).dblclick()
      await expect(terminal('shop-eu').getByRole('list', { name: say('network:why.path') })).toBeVisible({ timeout: 40_000 })
    },
  },
]
