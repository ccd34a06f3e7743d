import { expect, type Screen, type Stage } from './stage.ts'

async function openHealth({ instance, details, say }: Stage, name: string) {
  await instance(name).click()
  await details.getByRole('tab', { name: say('health:title') }).click()
  await expect(details.getByRole('region', { name: say('health:checks') })).toBeVisible()
}

const drawn = ({ details }: Stage, charts: number) => expect(details.locator('canvas')).toHaveCount(charts)

export const health: readonly Screen[] = [
  {
    name: 'Health',
    async go(stage) {
      await openHealth(stage, 'web-1')
      await drawn(stage, 4)
      await stage.details.getByRole('slider').first().hover()
    },
  },
  {
    name: 'Health, a retirement',
    async go(stage) {
      await openHealth(stage, 'legacy-app')
      await drawn(stage, 3)
    },
  },
  {
    name: 'Health, told in the overview',
    async go(stage) {
      await stage.instance('legacy-app').click()
      await expect(stage.button('health:toHealth')).toBeVisible()
    },
  },
  {
    name: 'Health, idle for two weeks',
    window: { width: 1440, height: 1400 },
    async go(stage) {
      await openHealth(stage, 'staging')
      await stage.details.getByText(stage.say('health:span.2w'), { exact: true }).click()
      await drawn(stage, 4)
    },
  },
  { name: 'Health, stopped', go: (stage) => openHealth(stage, 'batch') },
  {
    name: 'Health, not allowed',
    before: ({ cloud }) => cloud.fail({ action: 'GetMetricData', code: 'AccessDeniedException' }),
    async go(stage) {
      await openHealth(stage, 'web-1')
      await expect(stage.details.getByRole('alert')).toBeVisible()
    },
  },
  {
    name: 'Health, narrow',
    window: { width: 900, height: 1000 },
    async go(stage) {
      await stage.button('rooms.instances').click()
      await stage.instance('build-agent').click()
      await stage.page.keyboard.press('Escape')
      await stage.button('frame.details').click()
      await stage.details.getByRole('tab', { name: stage.say('health:title') }).click()
      await stage.details.getByText(stage.say('health:span.1w'), { exact: true }).click()
      await drawn(stage, 3)
    },
  },
]
