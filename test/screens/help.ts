import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, type Screen, type Stage } from './stage.ts'

const narrow = { width: 900, height: 700 }

async function openHelp({ page, instance, dialog, say }: Stage, tab: string) {
  await expect(instance('web-1')).toBeVisible()
  await page.keyboard.press('F1')
  await page.getByRole('tab', { name: say(`help:pages.${tab}`) }).click()
  await expect(dialog.getByRole('tabpanel')).toBeVisible()
}

async function tourTo({ page, say }: Stage, steps: number) {
  for (let step = 1; step < steps; step += 1) await page.getByRole('button', { name: say('help:tour.next') }).click()
  await expect(page.getByText(say('help:tour.step', { step: steps, of: 3 }))).toBeVisible()
}

async function writeInSettings({ button, dialog, say }: Stage, text: string) {
  await button('settings.title').click()
  await dialog.getByRole('textbox', { name: say('shortcuts:settings.find') }).fill(text)
}

export const help: readonly Screen[] = [
  ...[1, 2, 3].map((steps): Screen => ({ name: `Tour, step ${steps}`, tour: true, go: (stage) => tourTo(stage, steps) })),
  { name: 'Help, commands and keys', go: (stage) => openHelp(stage, 'keys') },
  { name: 'Help, coming from elsewhere', go: (stage) => openHelp(stage, 'coming') },
  { name: 'Help, coming from elsewhere, narrow', window: narrow, go: (stage) => openHelpNarrow(stage) },
  { name: 'Help, what is new', go: (stage) => openHelp(stage, 'news') },
  {
    name: 'Help, nothing found',
    async go(stage) {
      await openHelp(stage, 'keys')
      await stage.dialog.getByRole('textbox', { name: stage.say('help:find') }).fill('zzzz')
      await expect(stage.dialog).toContainText(stage.say('help:nothing'))
    },
  },
  {
    name: 'A note of what is new',
    async before({ dataFolder }) {
      await mkdir(dataFolder, { recursive: true })
      const value = { tourDone: true, newsSeen: '0.0.1' }
      await writeFile(join(dataFolder, 'settings.json'), JSON.stringify({ version: 1, value }))
    },
    go: ({ page }) => expect(page.getByRole('alert')).toBeVisible(),
  },
  { name: 'Settings, found by words', go: (stage) => writeInSettings(stage, 'ter') },
]

async function openHelpNarrow({ page, dialog, say }: Stage) {
  await expect(page.getByRole('grid')).toBeVisible()
  await page.keyboard.press('F1')
  await page.getByRole('tab', { name: say('help:pages.coming') }).click()
  await expect(dialog.getByRole('table')).toBeVisible()
}
