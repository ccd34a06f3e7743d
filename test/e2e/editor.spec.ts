import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { startKnownHost } from '../support/host.ts'
import { makePdf } from '../support/make-pdf.ts'
import { answers, expect, instance, terminal, test } from '../support/page.ts'

const row = (page: Page, name: string): Locator =>
  page
    .getByRole('grid', { name: /^Files of/ })
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) })
const text = (page: Page, name: string, host: string) => page.getByRole('textbox', { name: `Text of ${name} on ${host}` })
const tab = (page: Page, name: string) => page.getByRole('tab', { name })
const unsaved = (page: Page) => page.getByRole('img', { name: 'Has changes that are not saved' })

async function openWeb1(page: Page): Promise<string> {
  await instance(page, 'web-1').dblclick()
  await answers(page, 'web-1', 'echo "<$HOME>"', /<\/.*>/)
  const said = /<(\/[^>]*)>/.exec(((await terminal(page, 'web-1').textContent()) ?? '').replace(/\s/g, ''))?.[1]
  if (!said) throw new Error('the shell did not say where its home is')
  return said
}

async function axe(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

test('a file is opened with the keyboard, changed, saved, and the shell sees it', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  const home = await openWeb1(page)
  await writeFile(join(home, 'nginx.conf'), 'server {\r\n  listen 80;\r\n}\r\n', { mode: 0o640 })
  await page.getByRole('region', { name: 'Files of web-1' }).getByRole('button', { name: 'Refresh', exact: true }).click()
  await row(page, 'nginx.conf').click()
  await page.keyboard.press('Enter')
  const area = text(page, 'nginx.conf', 'web-1')
  await expect(area).toBeFocused()
  await expect(area).toContainText('listen 80;')
  await expect(page.getByLabel('Line ends')).toHaveValue('crlf')
  await expect(page.getByText('Nginx', { exact: true })).toBeVisible()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('# edited here\n')
  await expect(unsaved(page)).toBeVisible()
  await page.keyboard.press('Control+f')
  await expect(page.getByRole('textbox', { name: 'Find' })).toBeFocused()
  expect(await axe(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+s')
  await expect(unsaved(page)).toHaveCount(0)
  expect(await readFile(join(home, 'nginx.conf'), 'utf8')).toBe('# edited here\r\nserver {\r\n  listen 80;\r\n}\r\n')
  expect((await stat(join(home, 'nginx.conf'))).mode & 0o777).toBe(0o640)
  await page.keyboard.press('Control+w')
  await expect(tab(page, 'nginx.conf')).toHaveCount(0)
  await answers(page, 'web-1', 'head -1 nginx.conf', 'edited here')
})

test('what somebody else wrote meanwhile is compared with, and what was not saved is asked about', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  const home = await openWeb1(page)
  const file = join(home, 'welcome.txt')
  await writeFile(file, 'one\ntwo\nthree\n')
  await row(page, 'welcome.txt').dblclick()
  const area = text(page, 'welcome.txt', 'web-1')
  await expect(area).toBeFocused()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('mine\n')
  await writeFile(file, 'one\nTWO\nthree\n')
  await page.keyboard.press('Control+s')
  const conflict = page.getByRole('dialog', { name: 'welcome.txt was changed on the host' })
  await conflict.getByRole('button', { name: 'Compare' }).click()
  const compare = page.getByRole('dialog', { name: /welcome.txt: on the host and here/ })
  await expect(compare).toContainText('TWO')
  await expect(compare.getByRole('textbox', { name: 'Yours' })).toContainText('mine')
  expect(await axe(page)).toEqual([])
  await compare.getByRole('button', { name: 'Take this part of the host’s' }).first().click()
  await compare.getByRole('button', { name: 'Save yours' }).click()
  await expect(unsaved(page)).toHaveCount(0)
  expect(await readFile(file, 'utf8')).toBe('one\nTWO\nthree\nmine\n')

  await area.focus()
  await page.keyboard.type('more')
  await tab(page, 'welcome.txt').focus()
  await page.keyboard.press('Delete')
  const question = page.getByRole('dialog', { name: 'Save welcome.txt before it is closed?' })
  await question.getByRole('button', { name: 'Cancel' }).click()
  await expect(area).toContainText('more')
  await area.focus()
  await page.keyboard.press('Control+w')
  await question.getByRole('button', { name: 'Throw the changes away' }).click()
  await expect(tab(page, 'welcome.txt')).toHaveCount(0)
  expect(await readFile(file, 'utf8')).toBe('one\nTWO\nthree\nmine\n')
  await expect(page.getByRole('list', { name: 'Unsaved changes' })).toHaveCount(0)
})

test('a picture is shown as an image, and what an SVG would run does not', async ({ page, openApp }) => {
  await openApp({ arguments: ['--demo'] })
  const home = await openWeb1(page)
  const script = '<script>window.parent.document.title = "ran"</script>'
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="32" onload="window.document.title='ran'">${script}<rect width="64" height="32" fill="teal"/></svg>`
  await writeFile(join(home, 'logo.svg'), svg)
  await writeFile(join(home, 'fake.png'), '<html>no picture</html>')
  await page.getByRole('region', { name: 'Files of web-1' }).getByRole('button', { name: 'Refresh', exact: true }).click()
  await row(page, 'logo.svg').dblclick()
  await expect(page.getByText('64 × 32 pixels')).toBeVisible()
  await expect(page.getByRole('img', { name: 'logo.svg' })).toHaveJSProperty('naturalWidth', 64)
  expect(await axe(page)).toEqual([])
  expect(await page.title()).not.toBe('ran')
  await tab(page, 'web-1').first().click()
  await row(page, 'fake.png').dblclick()
  await expect(page.getByText('is none that can be shown here')).toBeVisible()
})

test('a PDF is shown page by page as it is scrolled to, its text can be selected, and what cannot be read is said', async ({
  page,
  openApp,
}) => {
  await openApp({ arguments: ['--demo'] })
  const home = await openWeb1(page)
  const whole = makePdf(Array.from({ length: 40 }, (_, index) => `This is sheet ${index + 1}.`))
  await writeFile(join(home, 'report.pdf'), whole)
  await writeFile(join(home, 'broken.pdf'), `%PDF-1.4\nnothing of the kind`)
  await writeFile(join(home, 'locked.pdf'), makePdf(['secret'], { locked: true }))
  await page.getByRole('region', { name: 'Files of web-1' }).getByRole('button', { name: 'Refresh', exact: true }).click()
  await row(page, 'report.pdf').dblclick()
  const pages = page.getByRole('region', { name: 'PDF report.pdf on web-1' })
  await expect(pages.getByRole('article')).toHaveCount(40)
  await expect(pages.getByText('This is sheet 1.')).toBeVisible()
  await expect.poll(() => inkOf(pages.getByRole('article', { name: 'Page 1', exact: true }))).toBeGreaterThan(20)
  await expect(pages.getByText('This is sheet 40.')).toHaveCount(0)
  await expect(page.getByText('Page 1 of 40')).toBeVisible()
  expect(await axe(page)).toEqual([])
  await pages.focus()
  await page.keyboard.press('End')
  await expect(pages.getByText('This is sheet 40.')).toBeVisible()
  await expect(pages.getByText('This is sheet 1.')).toHaveCount(0)
  const before = (await pages.getByRole('article').first().boundingBox())?.width ?? 0
  await page.getByRole('button', { name: 'Larger' }).click()
  await expect.poll(async () => (await pages.getByRole('article').first().boundingBox())?.width).toBeGreaterThan(before * 1.2)
  for (const [name, said] of [
    ['broken.pdf', 'is damaged'],
    ['locked.pdf', 'opens with a password only'],
  ] as const) {
    await tab(page, 'web-1').first().click()
    await row(page, name).dblclick()
    await expect(page.getByRole('alert').getByText(said)).toBeVisible()
  }
})

/** How many dots are not white. */
function inkOf(sheet: Locator): Promise<number> {
  return sheet.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
    let ink = 0
    for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 128 && data[at + 3] === 255) ink += 1
    return ink
  })
}

test('unsaved work is there after a reload, and after the app was killed', async ({ page, openApp }) => {
  const sftp = `ForceCommand if [ "$SSH_ORIGINAL_COMMAND" = internal-sftp ]; then exec /usr/lib/openssh/sftp-server; fi; PS1='ready> ' exec /bin/sh`
  const host = await startKnownHost({ config: [sftp] })
  const folder = await mkdtemp(join(tmpdir(), 'mooring-edited-'))
  const file = join(folder, 'notes.txt')
  const area = text(page, 'notes.txt', '127.0.0.1')
  async function connect() {
    await page.getByRole('button', { name: 'New connection' }).click()
    await page.getByRole('combobox', { name: 'Connect to' }).fill(`${host.sshd.user}@127.0.0.1:${host.sshd.port}`)
    await page.keyboard.press('Enter')
    await expect(terminal(page, '127.0.0.1')).toContainText('ready> ')
  }
  try {
    await writeFile(file, 'saved\n')
    const app = await openApp({ home: host.home })
    await connect()
    await page.getByRole('combobox', { name: 'Path' }).fill(folder)
    await page.keyboard.press('Enter')
    await row(page, 'notes.txt').dblclick()
    await expect(area).toBeFocused()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('not saved')
    await expect.poll(() => keptIn(join(app.dataFolder, 'drafts'))).toContain('not saved')
    await page.reload()
    await tab(page, 'notes.txt').click()
    await expect(area).toContainText('not saved')
    await expect(page.getByText('These are your unsaved changes')).toBeVisible()

    const gone = once(app.process, 'exit')
    app.process.kill('SIGKILL')
    await gone
    await openApp({ home: host.home })
    await connect()
    await page.getByRole('list', { name: 'Unsaved changes' }).getByRole('button', { name: 'Open' }).click()
    await expect(area).toContainText('not saved')
    expect(await readFile(file, 'utf8')).toBe('saved\n')
    await page.getByRole('toolbar', { name: 'This file' }).getByRole('button', { name: 'Save', exact: true }).click()
    await expect(unsaved(page)).toHaveCount(0)
    expect(await readFile(file, 'utf8')).toBe('saved\nnot saved')
    await expect.poll(() => keptIn(join(app.dataFolder, 'drafts'))).toBe('')
  } finally {
    await host.remove()
    await rm(folder, { recursive: true })
  }
})

async function keptIn(folder: string): Promise<string> {
  const names = await readdir(folder).catch(() => [])
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8').catch(() => '')))).join()
}
