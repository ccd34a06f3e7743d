import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { defaultSettings, type Settings } from '../../contract/models/settings.ts'
import englishAuth from '../../renderer/words/en/auth.json' with { type: 'json' }
import englishBookmarks from '../../renderer/words/en/bookmarks.json' with { type: 'json' }
import englishDeploy from '../../renderer/words/en/deploy.json' with { type: 'json' }
import englishEditor from '../../renderer/words/en/editor.json' with { type: 'json' }
import englishErrors from '../../renderer/words/en/errors.json' with { type: 'json' }
import englishFiles from '../../renderer/words/en/files.json' with { type: 'json' }
import englishKeyless from '../../renderer/words/en/keyless.json' with { type: 'json' }
import englishNetwork from '../../renderer/words/en/network.json' with { type: 'json' }
import englishReasons from '../../renderer/words/en/reasons.json' with { type: 'json' }
import english from '../../renderer/words/en/shell.json' with { type: 'json' }
import englishSsh from '../../renderer/words/en/ssh.json' with { type: 'json' }
import englishStays from '../../renderer/words/en/stays.json' with { type: 'json' }
import englishSteps from '../../renderer/words/en/steps.json' with { type: 'json' }
import englishTransfers from '../../renderer/words/en/transfers.json' with { type: 'json' }
import englishTunnels from '../../renderer/words/en/tunnels.json' with { type: 'json' }
import englishUpdates from '../../renderer/words/en/updates.json' with { type: 'json' }
import englishWorkspace from '../../renderer/words/en/workspace.json' with { type: 'json' }
import spanishAuth from '../../renderer/words/es/auth.json' with { type: 'json' }
import spanishBookmarks from '../../renderer/words/es/bookmarks.json' with { type: 'json' }
import spanishDeploy from '../../renderer/words/es/deploy.json' with { type: 'json' }
import spanishEditor from '../../renderer/words/es/editor.json' with { type: 'json' }
import spanishErrors from '../../renderer/words/es/errors.json' with { type: 'json' }
import spanishFiles from '../../renderer/words/es/files.json' with { type: 'json' }
import spanishKeyless from '../../renderer/words/es/keyless.json' with { type: 'json' }
import spanishMonitor from '../../renderer/words/es/monitor.json' with { type: 'json' }
import spanishNetwork from '../../renderer/words/es/network.json' with { type: 'json' }
import spanishReasons from '../../renderer/words/es/reasons.json' with { type: 'json' }
import spanish from '../../renderer/words/es/shell.json' with { type: 'json' }
import spanishSsh from '../../renderer/words/es/ssh.json' with { type: 'json' }
import spanishStays from '../../renderer/words/es/stays.json' with { type: 'json' }
import spanishSteps from '../../renderer/words/es/steps.json' with { type: 'json' }
import spanishTransfers from '../../renderer/words/es/transfers.json' with { type: 'json' }
import spanishTunnels from '../../renderer/words/es/tunnels.json' with { type: 'json' }
import spanishUpdates from '../../renderer/words/es/updates.json' with { type: 'json' }
import spanishWorkspace from '../../renderer/words/es/workspace.json' with { type: 'json' }
import { makeAuthority } from '../support/certificates.ts'
import { expect, instance, test } from '../support/page.ts'
import { freePort, makeKey } from '../support/sshd.ts'

const row = (page: Page, tree: string, name: string) =>
  page.getByRole('tree', { name: tree }).getByRole('treeitem', { name: new RegExp(`^${name},`) })
const pageNamed = (page: Page, name: string) => page.getByRole('dialog').getByRole('tab', { name, exact: true })

test.describe('nothing that Mooring says is in English when it speaks Spanish:', () => {
  const es = spanish
  const inSpanish = async (page: Page, where: string) => expect((await page.evaluate(everythingSaid)).filter(isEnglish), where).toEqual([])
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
  test.beforeEach(({ home }) => chose(home, { language: 'es' }))

  test('the first screen, the list, the details and the settings', async ({ page, openApp, home }) => {
    const validity = '20200101:20210101'
    makeAuthority(join(home, 'authority')).sign(makeKey(join(home, '.ssh', 'signed')), { name: 'alice', principals: ['deploy'], validity })
    await openApp()
    await expect(page.getByRole('heading', { name: es.first.title })).toBeVisible()
    await inSpanish(page, 'first screen')
    await button(page, es.first.practice.button).click()
    await row(page, es.rooms.instances, 'web-1').click()
    await expect(page.getByRole('complementary', { name: es.frame.details })).toContainText(spanishReasons.login.console)
    await inSpanish(page, 'list, table and details')
    await row(page, es.rooms.instances, 'web-1').click({ button: 'right' })
    await expect(page.getByRole('menu')).toBeVisible()
    await inSpanish(page, 'menu of an instance')
    await page.keyboard.press('Escape')
    await button(page, es.settings.title).click()
    for (const name of Object.values(es.settings.pages)) {
      await pageNamed(page, name).click()
      await expect(page.getByRole('tabpanel', { name })).toBeVisible()
      await inSpanish(page, `settings: ${name}`)
    }
  })

  test('quick connect and bookmarks', async ({ page, openApp }) => {
    await openApp()
    await button(page, spanishWorkspace.newTab).click()
    await expect(page.getByRole('combobox', { name: spanishBookmarks.quick.label })).toBeFocused()
    await inSpanish(page, 'quick connect')
    await page.keyboard.press('Escape')
    await button(page, es.rooms.bookmarks).click()
    await expect(page.getByText(spanishBookmarks.empty.title)).toBeVisible()
    await inSpanish(page, 'bookmarks')
    await button(page, spanishBookmarks.addBookmark).first().click()
    await expect(page.getByRole('dialog', { name: spanishBookmarks.edit.titleNew })).toBeVisible()
    await inSpanish(page, 'a new bookmark')
  })

  test('tunnels', async ({ page, openApp }) => {
    await openApp()
    await button(page, es.rooms.tunnels).click()
    await expect(page.getByText(spanishTunnels.empty.title)).toBeVisible()
    await inSpanish(page, 'tunnels')
    await button(page, spanishTunnels.new).last().click()
    await page.getByRole('switch', { name: spanishTunnels.form.exposed }).click()
    await inSpanish(page, 'a new tunnel')
    await page.getByLabel(spanishTunnels.form.host, { exact: true }).fill('me@127.0.0.1:1')
    await button(page, spanishTunnels.form.start).click()
    await expect(page.getByRole('region', { name: es.rooms.tunnels }).getByRole('alert')).toBeVisible()
    await inSpanish(page, 'a tunnel that failed')
  })

  test('updates, and deploying a project', async ({ page, openApp }) => {
    await openApp({ arguments: ['--demo'] })
    await row(page, es.rooms.instances, 'web-1').click()
    await page.getByRole('tab', { name: spanishUpdates.title }).click()
    await button(page, spanishUpdates.check).click()
    await expect(page.getByRole('list', { name: spanishUpdates.packages })).toBeVisible()
    await inSpanish(page, 'updates')
    await page.getByRole('tab', { name: spanishDeploy.title }).click()
    await button(page, spanishDeploy.look).click()
    await expect(page.getByText(spanishDeploy.none)).toBeVisible()
    await button(page, spanishDeploy.new).click()
    const dialog = page.getByRole('dialog', { name: spanishDeploy.new })
    await dialog.getByRole('textbox', { name: spanishDeploy.form.address }).fill('https://git.practice.example/hello-web.git')
    await button(page, spanishDeploy.form.addVariable).click()
    await inSpanish(page, 'a new project')
    await button(page, spanishDeploy.form.submit).click()
    await expect(page.getByRole('group', { name: spanishDeploy.run.asks })).toBeVisible()
    await inSpanish(page, 'a deployment that asks')
    await button(page, spanishDeploy.run.cancel).click()
    await expect(page.getByText(spanishDeploy.run.unchanged, { exact: true })).toBeVisible()
    await inSpanish(page, 'a deployment that was cancelled')
  })

  test('a terminal, the question about a host key, and a failed connection', async ({ page, openApp }) => {
    await openApp({ arguments: ['--demo'] })
    await row(page, es.rooms.instances, 'web-1').dblclick()
    await expect(page.getByRole('toolbar').filter({ hasText: spanishReasons.trust['verified-by-aws'] })).toBeVisible()
    await expect(page.getByRole('region', { name: spanishMonitor.title.replace('{{name}}', 'web-1') })).toContainText(spanishMonitor.memory)
    await inSpanish(page, 'a terminal')
    await button(page, spanishMonitor.processes.open).click()
    await expect(page.getByRole('dialog').getByRole('row').nth(1)).toBeVisible()
    await inSpanish(page, 'processes')
    await page.keyboard.press('Escape')
    await row(page, es.rooms.instances, 'sensor-hub').dblclick()
    const question = page.getByRole('dialog', { name: es.prompts['trust-host-key'].title })
    await expect(question).toBeVisible()
    await inSpanish(page, 'the question about a host key')
    await question.getByRole('button', { name: es.prompts['trust-host-key'].no }).click()
    await button(page, spanishWorkspace.failed.tried).click()
    await expect(page.getByRole('list', { name: spanishWorkspace.failed.tried })).toBeVisible()
    await inSpanish(page, 'a failed connection and what was tried')
  })
})

for (const theme of ['dark', 'light'] as const) {
  test.describe(`axe finds nothing wrong, ${theme}, with`, () => {
    const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
    const isFine = async (page: Page, where: string) => expect(await violations(page), where).toEqual([])
    test.slow()
    test.beforeEach(({ home }) => chose(home, { theme }))

    test('the first screen and its dialogs', async ({ page, openApp }) => {
      await openApp()
      await expect(page.getByRole('heading', { name: english.first.title })).toBeVisible()
      await isFine(page, 'first screen')
      await button(page, english.next.addKeys).click()
      await expect(page.getByRole('dialog', { name: english.addKeys.title })).toBeVisible()
      await isFine(page, 'keys of an account')
      await page.keyboard.press('Escape')
      await button(page, englishWorkspace.newTab).click()
      await expect(page.getByRole('combobox', { name: englishBookmarks.quick.label })).toBeFocused()
      await isFine(page, 'quick connect')
    })

    test('the list and the details', async ({ page, openApp }) => {
      await openApp({ arguments: ['--demo'] })
      await instance(page, 'web-1').click()
      await expect(page.getByRole('complementary', { name: english.frame.details })).toContainText(englishReasons.login.console)
      await isFine(page, 'list, table and details')
    })

    test('a tunnel that is open, and a new one', async ({ page, openApp }) => {
      await openApp({ arguments: ['--demo'] })
      await instance(page, 'web-1').click({ button: 'right' })
      await page.getByRole('menuitem', { name: englishTunnels.new }).click()
      await page.getByLabel(englishTunnels.form.bindPort).fill(String(await freePort()))
      await isFine(page, 'a new tunnel')
      await button(page, englishTunnels.form.start).click()
      await expect(button(page, englishTunnels.browse)).toBeVisible()
      await expect(page.getByRole('dialog')).toHaveCount(0)
      await isFine(page, 'an open tunnel')
    })

    test('the settings', async ({ page, openApp }) => {
      await openApp()
      await button(page, english.settings.title).click()
      for (const name of Object.values(english.settings.pages)) {
        await pageNamed(page, name).click()
        await expect(page.getByRole('tabpanel', { name })).toBeVisible()
        await isFine(page, `settings: ${name}`)
      }
    })

    test('a terminal, a failed connection and a question', async ({ page, openApp }) => {
      await openApp({ arguments: ['--demo'] })
      await instance(page, 'web-1').dblclick()
      await expect(page.getByRole('toolbar', { name: 'About web-1' })).toContainText(englishReasons.trust['verified-by-aws'])
      await isFine(page, 'a terminal')
      await instance(page, 'staging').dblclick()
      await expect(page.getByRole('region', { name: 'Terminal staging' }).getByRole('alert')).toBeVisible()
      await isFine(page, 'a failed connection')
      await instance(page, 'sensor-hub').dblclick()
      await expect(page.getByRole('dialog', { name: english.prompts['trust-host-key'].title })).toBeVisible()
      await isFine(page, 'the question about a host key')
    })
  })
}

/** Settings as an earlier run kept them. */
async function chose(home: string, settings: Partial<Settings>) {
  const folder = join(home, 'mooring-data')
  await mkdir(folder)
  await writeFile(join(folder, 'settings.json'), JSON.stringify({ version: 1, value: { ...defaultSettings, tourDone: true, ...settings } }))
}

/** Texts, and names for screen readers, of everything that is shown. What a terminal prints is nobody's language. */
function everythingSaid(): readonly string[] {
  const said: string[] = []
  for (const element of document.querySelectorAll('body *')) {
    if (element.closest('.xterm, script, style') || !element.checkVisibility()) continue
    for (const name of ['aria-label', 'placeholder', 'title']) said.push(element.getAttribute(name) ?? '')
    for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) said.push(node.textContent ?? '')
  }
  return [...new Set(said.map((text) => text.trim()).filter(Boolean))]
}

type Words = string | { readonly [key: string]: Words }
const sentences = (words: Words): string[] => (typeof words === 'string' ? [words] : Object.values(words).flatMap(sentences))
const spoken = new Set(
  [
    spanish,
    spanishBookmarks,
    spanishKeyless,
    spanishNetwork,
    spanishEditor,
    spanishErrors,
    spanishReasons,
    spanishSteps,
    spanishTunnels,
    spanishDeploy,
    spanishUpdates,
    spanishAuth,
    spanishFiles,
    spanishSsh,
    spanishStays,
    spanishTransfers,
    spanishWorkspace,
  ].flatMap((words) => sentences(words)),
)
/** English sentences, whatever stands in for their `{{names}}`; what is the same word in both languages is neither. */
const patterns = [
  english,
  englishBookmarks,
  englishKeyless,
  englishNetwork,
  englishEditor,
  englishErrors,
  englishReasons,
  englishSteps,
  englishTunnels,
  englishDeploy,
  englishUpdates,
  englishAuth,
  englishFiles,
  englishSsh,
  englishStays,
  englishTransfers,
  englishWorkspace,
]
  .flatMap((words) => sentences(words))
  .filter((sentence) => !spoken.has(sentence) && /[a-z]/i.test(sentence.replace(/\{\{\w+\}\}/g, '')))
  .map(
    (sentence) =>
      new RegExp(
        `^${sentence
          .split(/\{\{\w+\}\}/)
          .map(literally)
          .join('.+')}$`,
      ),
  )
/** A tag of the account's and a folder of the host's, in whatever language they are. */
const THEIRS = ['Name', 'app']
const isEnglish = (said: string) => !THEIRS.includes(said) && patterns.some((pattern) => pattern.test(said))

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}

/** Of the dialog that is open, else of the whole page. */
async function violations(page: Page): Promise<readonly string[]> {
  // Colours are judged as they stay, not in the middle of a transition.
  await page.evaluate(() => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Number.POSITIVE_INFINITY)
    return Promise.all(ending.map((animation) => animation.finished.catch(() => undefined)))
  })
  const axe = new AxeBuilder({ page })
  const found = await ((await page.getByRole('dialog').count()) > 0 ? axe.include('[role=dialog]') : axe).analyze()
  return found.violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`))
}
