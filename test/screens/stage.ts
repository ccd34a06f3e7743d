import { expect as baseExpect, type Locator, type Page } from '@playwright/test'
import type { PracticeCloud } from '../../demo/start.ts'
import type { App } from '../support/app.ts'
import type { Say } from './words.ts'

export const expect = baseExpect.configure({ timeout: 20_000 })

/** One picture's state: a name, and how to get there. It is reached anew in each language, with an app and a home of its own. */
export interface Screen {
  readonly name: string
  /** 1440 x 900 when absent. */
  readonly window?: { readonly width: number; readonly height: number }
  /** A newcomer has no AWS profile and no key. */
  readonly newcomer?: true
  /** The first start, with its tour. */
  readonly tour?: true
  /** What is so before the app starts. */
  before?(backstage: Backstage): unknown
  go(stage: Stage): Promise<unknown>
}

/** Faults and numbers of instances are taken back after each screen. */
export interface Backstage {
  readonly home: string
  readonly dataFolder: string
  readonly cloud: PracticeCloud
}

/** The page, by what a person reads on it. */
export interface Stage extends Backstage {
  readonly page: Page
  readonly app: App
  readonly say: Say
  readonly dialog: Locator
  readonly details: Locator
  instance(name: string): Locator
  terminal(name: string): Locator
  /** By the words on it. */
  button(key: string, params?: Readonly<Record<string, string>>): Locator
  item(key: string): Locator
  /** Double-clicks the instance. */
  open(name: string): Promise<void>
  /** The same, and waits for its prompt. */
  openShell(name: string): Promise<void>
  run(name: string, line: string, wanted: string): Promise<void>
}

export function createStage(backstage: Backstage, page: Page, app: App, say: Say): Stage {
  const stage: Stage = {
    ...backstage,
    page,
    app,
    say,
    dialog: page.getByRole('dialog'),
    details: page.getByRole('complementary', { name: say('frame.details') }),
    instance: (name) => page.getByRole('tree', { name: say('rooms.instances') }).getByRole('treeitem', { name: new RegExp(`^${name},`) }),
    terminal: (name) => page.getByRole('region', { name: say('workspace:terminal', { name }), exact: true }),
    button: (key, params) => page.getByRole('button', { name: say(key, params), exact: true }),
    item: (key) => page.getByRole('menuitem', { name: say(key), exact: true }),
    open: (name) => stage.instance(name).dblclick(),
    async openShell(name) {
      await stage.open(name)
      await expect(stage.terminal(name)).toContainText(`@${name}:~$`)
    },
    async run(name, line, wanted) {
      await stage.terminal(name).locator('textarea').focus()
      await page.keyboard.type(`${line}\n`)
      await expect(stage.terminal(name)).toContainText(wanted)
    },
  }
  return stage
}
