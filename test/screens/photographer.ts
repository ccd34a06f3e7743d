import { copyFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { type PracticeCloud, startPracticeCloud } from '../../demo/start.ts'
import { type App, createHome, startApp } from '../support/app.ts'
import { giveAccount } from '../support/host.ts'
import { createStage, type Screen } from './stage.ts'
import { type Language, wordsOf } from './words.ts'

export const themes = ['dark', 'light'] as const
export type Theme = (typeof themes)[number]

export interface Photographer {
  /** Reaches the screen once and takes it in each theme; throws with its name where it cannot be reached. */
  take(screen: Screen, themes: readonly Theme[], fileOf: (theme: Theme) => string): Promise<void>
  /** Reaches the screen and shows its page, which is gone afterwards. */
  visit(screen: Screen, see: (page: Page) => Promise<void>): Promise<void>
  close(): Promise<void>
}

const USUAL_WINDOW = { width: 1440, height: 900 }
const WHOLE_CATALOGUE = 12

/** Works in one language, with a practice cloud of its own, one screen at a time. */
export async function startPhotographer(browser: Browser, language: Language): Promise<Photographer> {
  const cloud = await startPracticeCloud()
  const say = wordsOf(language)

  async function reach(screen: Screen, page: Page, app: App) {
    const thrown: string[] = []
    page.on('pageerror', (error) => thrown.push(error.message))
    page.setDefaultTimeout(20_000)
    await page.goto(app.address)
    await screen.go(createStage({ home: app.home, dataFolder: app.dataFolder, cloud }, page, app, say))
    if (thrown.length > 0) throw new Error(`the page threw: ${thrown.join('; ')}`)
  }

  async function visit(screen: Screen, see: (page: Page) => Promise<void>, otherwise?: (page: Page) => Promise<void>) {
    const { home, remove } = await createHome()
    const context = await browser.newContext({
      viewport: screen.window ?? USUAL_WINDOW,
      colorScheme: 'dark',
      locale: language,
      permissions: ['clipboard-read', 'clipboard-write'],
    })
    let app: App | undefined
    try {
      if (!screen.newcomer) await settle(home, cloud)
      await screen.before?.({ home, dataFolder: join(home, 'mooring-data'), cloud })
      app = await startApp({ home, ...(screen.tour && { tour: true }) })
      const page = await context.newPage()
      await reach(screen, page, app).catch(async (error) => {
        await otherwise?.(page).catch(() => {})
        throw error
      })
      await see(page)
    } catch (error) {
      throw new Error(`“${screen.name}” (${language}) was not reached: ${(error as Error).message}`)
    } finally {
      await context.close()
      await app?.stop()
      await cloud.clearFaults()
      await cloud.setInstances(WHOLE_CATALOGUE)
      await remove()
    }
  }
  async function take(screen: Screen, wanted: readonly Theme[], fileOf: (theme: Theme) => string) {
    const photographs = async (page: Page, those: readonly Theme[]) => {
      for (const theme of those) await photograph(page, theme, fileOf(theme))
    }
    // What is there instead says the most.
    await visit(
      screen,
      (page) => photographs(page, wanted),
      (page) => photographs(page, wanted.slice(0, 1)),
    )
  }
  return { take, visit: (screen, see) => visit(screen, see), close: () => cloud.stop() }
}

/** The account, and the keys where a person has them. */
async function settle(home: string, cloud: PracticeCloud) {
  await giveAccount(home, cloud)
  for (const key of await readdir(cloud.keyFolder)) await copyFile(join(cloud.keyFolder, key), join(home, '.ssh', key))
}

async function photograph(page: Page, theme: Theme, path: string) {
  await page.emulateMedia({ colorScheme: theme })
  await page.locator(`html[data-mantine-color-scheme=${theme}]`).waitFor()
  // The terminal draws itself in the frame after its colours have changed.
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(resolve)))),
  )
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
}
