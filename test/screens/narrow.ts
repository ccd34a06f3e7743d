import { expect, type Screen } from './stage.ts'

const window = { width: 700, height: 800 }

export const narrow: readonly Screen[] = [
  {
    name: 'Narrow, first screen',
    window,
    newcomer: true,
    go: ({ page, say }) => expect(page.getByRole('heading', { name: say('first.title') })).toBeVisible(),
  },
  { name: 'Narrow, table', window, go: ({ page }) => expect(page.getByRole('row', { name: 'web-1' })).toBeVisible() },
  {
    name: 'Narrow, instances',
    window,
    async go({ button, instance }) {
      await button('rooms.instances').click()
      await expect(instance('web-1')).toBeVisible()
    },
  },
  {
    name: 'Narrow, details',
    window,
    async go({ page, button, instance, details }) {
      await button('rooms.instances').click()
      await instance('web-1').click()
      await page.keyboard.press('Escape')
      await button('frame.details').click()
      await expect(details).toContainText('practice.pem')
    },
  },
  {
    name: 'Narrow, terminal',
    window,
    async go({ page, terminal }) {
      await page.getByRole('row', { name: 'web-1' }).dblclick()
      await expect(terminal('web-1')).toContainText('@web-1:~$')
    },
  },
  {
    name: 'Narrow, host key changed',
    window,
    async go({ page, terminal }) {
      await page.getByRole('row', { name: 'staging' }).dblclick()
      await expect(terminal('staging').getByRole('alert')).toBeVisible()
    },
  },
  {
    name: 'Narrow, settings',
    window,
    async go({ button, dialog }) {
      await button('settings.title').click()
      await expect(dialog.getByRole('tabpanel')).toBeVisible()
    },
  },
]
