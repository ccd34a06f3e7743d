import type { ILinkHandler } from '@xterm/xterm'
import { isExternalLink } from '../../contract/links.ts'
import { shownName } from '../../contract/shown-name.ts'

export interface Links {
  open(url: string): void
  /** The link that the pointer is on, or nothing when it left. */
  hover(link: PointedLink | undefined): void
  readonly mac: boolean
}

/** Where a link really leads, whatever its text says. */
export interface PointedLink {
  /** Of a web address, as it is asked for: what stands before an `@` is none. */
  readonly host: string | undefined
  readonly address: string
  /** Only http, https and mailto are. */
  readonly opens: boolean
}

/**
 * For links found in the text and for those that the shell marked (OSC 8), whose text may name another place than they lead
 * to: so their address is shown. Only with Ctrl or Cmd, because a click also selects and focuses.
 */
export function createLinkHandlers({ open, hover, mac }: Links) {
  const handler = {
    activate(event: MouseEvent, url: string) {
      if ((mac ? event.metaKey : event.ctrlKey) && isExternalLink(url)) open(url)
    },
    hover: (_event: MouseEvent, url: string) => hover(pointedLink(url)),
    leave: () => hover(undefined),
  }
  // What is not opened is pointed at as well, to be seen for what it is.
  return { webLinks: handler, linkHandler: { ...handler, allowNonHttpProtocols: true } satisfies ILinkHandler }
}

/** Longer ones are cut in the middle: both ends can tell. */
const SHOWN = 160

/** Pure. */
export function pointedLink(url: string): PointedLink {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  const whole = shownName((parsed?.href ?? url).slice(0, 4096))
  const address = whole.length > SHOWN ? `${whole.slice(0, SHOWN - 40)}…${whole.slice(-39)}` : whole
  return { host: parsed?.host || undefined, address, opens: isExternalLink(url) }
}
