// `npm run screens`: a picture of every screen and state in screens/, with an index page. `-- --only split,narrow` takes those
// whose name has one of these in it; `-- --readme` takes the README's picture.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Browser, chromium } from '@playwright/test'
import config from '../playwright.config.ts'
import { screens } from '../test/screens/all.ts'
import { indexPage, type Picture } from '../test/screens/index-page.ts'
import { type Photographer, startPhotographer, themes } from '../test/screens/photographer.ts'
import { readmeScreen } from '../test/screens/readme.ts'
import { type Pixels, smallPng } from '../test/screens/small-png.ts'
import type { Screen } from '../test/screens/stage.ts'
import { type Language, languages } from '../test/screens/words.ts'
import { ensureBuilt } from './build.ts'
import { root } from './run.ts'

const FOLDER = join(root, 'screens')
const { values } = parseArgs({ options: { readme: { type: 'boolean', default: false }, only: { type: 'string', default: '' } } })

const wanted = values.only.toLowerCase().split(',')

await ensureBuilt()
const browser = await chromium.launch(config.use?.launchOptions)
try {
  if (values.readme) await takeReadmePicture()
  else await takeAll(screens.filter(({ name }) => wanted.some((part) => name.toLowerCase().includes(part))))
} finally {
  await browser.close()
}

async function takeAll(wanted: readonly Screen[]) {
  if (!values.only) await rm(FOLDER, { recursive: true, force: true })
  await mkdir(FOLDER, { recursive: true })
  const failures = (await Promise.all(languages.map((language) => takeIn(browser, language, wanted)))).flat()
  const pictures = screens.flatMap(({ name }): Picture[] =>
    languages.flatMap((language) =>
      themes.map((theme) => ({ screen: name, caption: `${language}, ${theme}`, file: fileName(name, language, theme) })),
    ),
  )
  await writeFile(
    join(FOLDER, 'index.html'),
    indexPage(
      screens.map(({ name }) => name),
      pictures,
    ),
  )
  console.log(`${wanted.length} screens are in ${join(FOLDER, 'index.html')}`)
  if (failures.length > 0) process.exitCode = 1
}

/** Returns what went wrong; one screen that cannot be reached keeps no other from being taken. */
async function takeIn(onBrowser: Browser, language: Language, wanted: readonly Screen[]): Promise<string[]> {
  const photographer = await startPhotographer(onBrowser, language)
  const failures: string[] = []
  try {
    for (const screen of wanted) {
      const started = performance.now()
      const problem = await attempt(photographer, screen, language)
      if (problem) failures.push(problem)
      if (problem) console.error(problem)
      console.log(`${problem ? 'FAIL' : 'ok  '} ${language} ${screen.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`)
    }
  } finally {
    await photographer.close()
  }
  return failures
}

async function attempt(photographer: Photographer, screen: Screen, language: Language): Promise<string | undefined> {
  try {
    await photographer.take(screen, themes, (theme) => join(FOLDER, fileName(screen.name, language, theme)))
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

function fileName(name: string, language: Language, theme: string): string {
  return `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.${language}-${theme}.png`
}

async function takeReadmePicture() {
  const photographer = await startPhotographer(browser, 'en')
  try {
    const file = join(root, 'docs', 'mooring.png')
    await photographer.take(readmeScreen, ['dark'], () => file)
    await writeFile(file, smallPng(await pixelsOf(await readFile(file))))
  } finally {
    await photographer.close()
  }
}

/** The browser knows how to read a picture. */
async function pixelsOf(png: Buffer): Promise<Pixels> {
  const page = await browser.newPage()
  try {
    const { width, height, base64 } = await page.evaluate(
      async (source) => {
        const image = await createImageBitmap(await (await fetch(source)).blob())
        const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
        context?.drawImage(image, 0, 0)
        const data = context?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray()
        const bytes = new Uint8Array(data.buffer)
        let text = ''
        for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192))
        return { width: image.width, height: image.height, base64: btoa(text) }
      },
      `data:image/png;base64,${png.toString('base64')}`,
    )
    return { width, height, data: Buffer.from(base64, 'base64') }
  } finally {
    await page.close()
  }
}
