import { expect, type Screen, type Stage } from './stage.ts'

async function choose({ item, say, page }: Stage) {
  const row = (name: string) => page.getByRole('grid').getByRole('row', { name })
  await row('web-1').click()
  for (const name of ['web-2', 'build-agent', 'sensor-hub']) await row(name).click({ modifiers: ['ControlOrMeta'] })
  await row('web-2').click({ button: 'right' })
  await item('many:open').click()
  await expect(page.getByRole('form', { name: say('many:title') })).toBeVisible()
}

async function run(stage: Stage) {
  const { page, say } = stage
  await choose(stage)
  await page.getByRole('switch', { name: say('many:ask') }).click()
  const command = 'uname -sr; case $USER in ec2-user) echo "a line of its own"; exit 4;; esac; df -h / | tail -1'
  await page.getByRole('textbox', { name: say('many:command') }).fill(command)
  await page.getByRole('textbox', { name: say('many:command') }).press('Control+Enter')
  await expect(page.getByRole('button', { name: say('many:clear') })).toBeVisible({ timeout: 40_000 })
}

export const many: readonly Screen[] = [
  { name: 'Many hosts, chosen', go: choose },
  { name: 'Many hosts, side by side', go: run },
  {
    name: 'Many hosts, by equal output',
    async go(stage) {
      await run(stage)
      await stage.page.getByText(stage.say('many:views.groups')).click()
      await expect(stage.page.getByRole('switch', { name: stage.say('many:differences') })).toBeVisible()
    },
  },
]
