export interface Picture {
  readonly screen: string
  readonly caption: string
  readonly file: string
}

/** All pictures under the names of their screens, in one page that needs nothing else. */
export function indexPage(screens: readonly string[], pictures: readonly Picture[]): string {
  const sections = screens.map((screen) => {
    const figures = pictures
      .filter((picture) => picture.screen === screen)
      .map(
        ({ caption, file }) =>
          `<figure><a href="${file}"><img src="${file}" alt="" loading="lazy"></a><figcaption>${caption}</figcaption></figure>`,
      )
    return `<section><h2>${screen}</h2><div>${figures.join('')}</div></section>`
  })
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Mooring's screens</title><style>${style}</style>
<h1>Mooring's screens</h1>${sections.join('\n')}</html>\n`
}

const style = `body { font: 14px system-ui, sans-serif; margin: 24px; background: #888; }
h2 { font-size: 16px; margin: 24px 0 8px; } figure { margin: 0; } img { width: 100%; display: block; }
section > div { display: grid; grid-template-columns: repeat(auto-fill, minmax(420px, 1fr)); gap: 12px; }`
