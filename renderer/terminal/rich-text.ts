import { Terminal } from '@xterm/xterm'
import { writeRichClipboard } from '../host/desktop.ts'
import { refusedToCopy } from './clipboard.ts'
import { ownThemes } from './look/own-themes.ts'
import classes from './print.module.css'
import type { Session } from './session.ts'

/** What is selected, with its colours, for a document or a mail. */
export async function copyRich({ terminal }: Session): Promise<void> {
  if (!terminal.hasSelection()) return
  const html = withQuotes(terminal, (await serializer(terminal)).serializeAsHTML({ onlySelection: true, includeGlobalBackground: true }))
  try {
    await writeRichClipboard(terminal.getSelection(), html)
  } catch {
    refusedToCopy()
  }
}

/** All that is kept, in colours for paper: a dark screen is nothing to print. */
export async function print({ terminal }: Session, title: string): Promise<void> {
  const { cols, rows, options } = terminal
  const paper = new Terminal({ cols, rows, scrollback: options.scrollback ?? 0, theme: ownThemes.light, allowProposedApi: true })
  const content = (await serializer(terminal)).serialize({ excludeAltBuffer: terminal.buffer.active.type === 'normal' })
  await new Promise<void>((resolve) => paper.write(content, resolve))
  const html = (await serializer(paper)).serializeAsHTML({ includeGlobalBackground: true })
  paper.dispose()
  const sheet = document.createElement('div')
  sheet.className = classes.sheet ?? ''
  const heading = document.createElement('h1')
  heading.textContent = title
  // Parsed apart from the page: of what is in it only the text and its colours are taken.
  sheet.append(heading, ...new DOMParser().parseFromString(html, 'text/html').querySelectorAll('pre'))
  document.body.append(sheet)
  window.addEventListener('afterprint', () => sheet.remove(), { once: true })
  window.print()
}

/** The addon writes `style='…'` around the font's own quotes. */
function withQuotes({ options: { fontFamily = '' } }: Terminal, html: string): string {
  return html.replace(fontFamily, fontFamily.replaceAll("'", '&quot;'))
}

async function serializer(terminal: Terminal) {
  const { SerializeAddon } = await import('@xterm/addon-serialize')
  const addon = new SerializeAddon()
  terminal.loadAddon(addon)
  return addon
}
