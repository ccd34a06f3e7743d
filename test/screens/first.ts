import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Screen } from './stage.ts'

const twoProfiles = '[profile work]\nregion = eu-west-1\n[profile private]\nregion = us-east-1\n'

export const first: readonly Screen[] = [
  {
    name: 'First screen',
    newcomer: true,
    go: ({ page, say }) => expect(page.getByRole('heading', { name: say('first.title') })).toBeVisible(),
  },
  {
    name: 'First screen, profiles found',
    newcomer: true,
    before: ({ home }) => writeFile(join(home, '.aws', 'config'), twoProfiles),
    go: ({ page, say }) => expect(page.getByRole('heading', { name: say('first.profiles.title') })).toBeVisible(),
  },
  {
    name: 'First screen, broken configuration',
    newcomer: true,
    before: ({ home }) => writeFile(join(home, '.aws', 'config'), '[profile work\nregion = eu-west-1\n'),
    go: ({ page }) => expect(page.getByRole('alert').first()).toBeVisible(),
  },
  {
    name: 'Core no longer answers',
    async go({ page, app, instance }) {
      await expect(instance('web-1')).toBeVisible()
      // The terminals' code comes after what is seen first.
      await page.waitForLoadState('networkidle')
      await app.stop()
      await expect(page.getByRole('status').first()).toBeVisible()
    },
  },
]
