import type { Terminal } from '@xterm/xterm'

const ESCAPE = 0x1b
const CANCEL = 0x18
/** `**`, CAN, `B0`: a ZMODEM header in hex, by which `sz` and `rz` begin. */
const ZMODEM = [0x2a, 0x2a, CANCEL, 0x42, 0x30]

export interface IncomingOptions {
  /** The host's `sz` or `rz` waits for somebody to speak ZMODEM. */
  onZmodem(direction: 'send' | 'receive'): void
  /** Once: what is written waits for it. A picture that cannot be drawn is left out. */
  loadPictures(): Promise<unknown>
}

export interface Incoming {
  write(bytes: Uint8Array, parsed: () => void): void
}

/** What a host prints on its way to the screen: pictures bring what draws them along, and only then. */
export function createIncoming(terminal: Terminal, { onZmodem, loadPictures }: IncomingOptions): Incoming {
  let pictures: 'none' | 'coming' | 'here' = 'none'
  let held: { readonly bytes: Uint8Array; readonly parsed: () => void }[] = []
  let endedInEscape = false

  function letGo() {
    pictures = 'here'
    for (const { bytes, parsed } of held) terminal.write(bytes, parsed)
    held = []
  }
  return {
    write(bytes, parsed) {
      const direction = zmodemIn(bytes)
      if (direction) onZmodem(direction)
      if (pictures === 'none' && (pictureIn(bytes) || (endedInEscape && [0x50, 0x5d].includes(bytes[0] ?? 0)))) {
        pictures = 'coming'
        loadPictures().then(letGo, letGo)
      }
      endedInEscape = bytes.at(-1) === ESCAPE
      if (pictures === 'coming') held.push({ bytes, parsed })
      else terminal.write(bytes, parsed)
    },
  }
}

/** Type 0 (ZRQINIT): `sz` would send; type 1 (ZRINIT): `rz` would receive. Pure. */
export function zmodemIn(bytes: Uint8Array): 'send' | 'receive' | undefined {
  for (let at = bytes.indexOf(CANCEL); at !== -1; at = bytes.indexOf(CANCEL, at + 1)) {
    if (!ZMODEM.every((byte, index) => bytes[at - 2 + index] === byte)) continue
    const type = bytes[at + 3]
    if (type === 0x30) return 'send'
    if (type === 0x31) return 'receive'
  }
  return undefined
}

/** Sixel (`ESC P 0;1;0 q`) or iTerm2's (`ESC ] 1337 ; File=`), or the beginning of one that is cut. Pure. */
export function pictureIn(bytes: Uint8Array): boolean {
  for (let at = bytes.indexOf(ESCAPE); at !== -1; at = bytes.indexOf(ESCAPE, at + 1)) {
    const next = bytes[at + 1]
    if (next !== 0x50 && next !== 0x5d) continue
    const begins = String.fromCharCode(...bytes.subarray(at + 2, at + 34))
    const cut = at + 34 > bytes.byteLength
    if (next === 0x50 && (/^[\d;]{0,30}q/.test(begins) || (cut && /^[\d;]*$/.test(begins)))) return true
    if (next === 0x5d && (/^1337;(Multipart)?File/.test(begins) || (cut && '1337;File'.startsWith(begins)))) return true
  }
  return false
}
