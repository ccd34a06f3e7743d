import type { Terminal } from '@xterm/xterm'

interface WithCore {
  readonly _core?: { readonly coreService?: { onUserInput?(listener: () => void): unknown } }
}

/**
 * Tells what a person typed from what the terminal answers to a host that asked it (cursor position, device attributes, focus): both come as
 * `onData`, and xterm.js says in public only for keys, not for a paste or an input method, which of them it is. Of its core it fires
 * `onUserInput` right before.
 */
export function onInput(terminal: Terminal, listener: (text: string, byPerson: boolean) => void): void {
  const service = (terminal as unknown as WithCore)._core?.coreService
  if (!service?.onUserInput) throw new Error('this version of xterm.js does not tell input apart')
  let typed = false
  service.onUserInput(() => {
    typed = true
  })
  terminal.onData((text) => {
    const byPerson = typed
    typed = false
    listener(text, byPerson)
  })
}

/** The person's as well, but they mean nothing to another screen. SGR, urxvt's and the old form: ESC [ < 0;1;1 M, ESC [ 32;1;1 M, ESC [ M with three characters after it. */
export function isPointerReport(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: an escape sequence.
  return /^\x1b\[(<\d+;\d+;\d+[Mm]|\d+;\d+;\d+M|M)/.test(text)
}
