import type { ILinkHandler } from '@xterm/xterm'

export interface Links {
  open(url: string): void
  /** Where the pointer's link leads, or nothing when it left. */
  hover(url: string | undefined): void
  readonly mac: boolean
}

/**
 * For links found in the text and for those that the shell marked (OSC 8), whose text may name another place than they lead
 * to: so their address is shown. Only http and https, and only with Ctrl or Cmd, because a click also selects and focuses.
 */
export function createLinkHandlers({ open, hover, mac }: Links) {
  const handler = {
    activate(event: MouseEvent, url: string) {
      if ((mac ? event.metaKey : event.ctrlKey) && isWebAddress(url)) open(url)
    },
    hover: (_event: MouseEvent, url: string) => hover(isWebAddress(url) ? url : undefined),
    leave: () => hover(undefined),
  }
  return { webLinks: handler, linkHandler: handler satisfies ILinkHandler }
}

export function isWebAddress(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol)
}
