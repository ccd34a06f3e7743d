import { expect, type Screen, type Stage } from './stage.ts'

async function choose({ item, say, page }: Stage) {
  const row = (name: string) => page.getByRole('grid').getByRole('row', { name })
  await row('web-1').click()
  for (const name of ['web-2', 'build-agent', 'batch']) await row(name).click({ modifiers: ['ControlOrMeta'] })
  await row('web-1').click({ button: 'right' })
  await item('fleet:open').click()
  await expect(page.getByText(say('fleet:way.ssm'))).toBeVisible()
}

export const fleet: readonly Screen[] = [
  {
    name: 'Updates of one, with an image first',
    async go({ instance, details, say }) {
      await instance('web-1').click()
      await details.getByRole('tab', { name: say('updates:title') }).click()
      await details.getByRole('button', { name: say('updates:check') }).click()
      await details.getByRole('checkbox', { name: say('updates:backup.first') }).check()
    },
  },
  { name: 'Updates of many, planned', go: choose },
  {
    name: 'Updates of many, done',
    async go(stage) {
      const { page, say } = stage
      await choose(stage)
      await page.getByRole('button', { name: say('fleet:run.scan_other').replace('{{count}}', '3') }).click()
      await expect(page.getByRole('button', { name: say('fleet:clear') })).toBeVisible({ timeout: 40_000 })
    },
  },
]
