import { plainText } from './server-text.ts'

/** What only ssh2's debug lines tell of a handshake. */
export interface HandshakeLog {
  readonly onDebug: (line: string) => void
  /** As `OpenSSH_9.2p1`; `undefined` until the server has named itself. */
  readonly software: string | undefined
  /** The server's list in the negotiation that was begun last: the one without a match, where the handshake ended there. */
  readonly theirs: readonly string[]
}

/** A hostile list may be as long as a packet. */
const MAX_NAMES = 50

export function createHandshakeLog(): HandshakeLog {
  let software: string | undefined
  let theirs: readonly string[] = []
  return {
    onDebug(line) {
      const ident = /^Remote ident: ['"]SSH-[\d.]+-([^\s'"]*)/.exec(line)
      if (ident) software = plainText(ident[1] ?? '', 100)
      const list = /^Handshake: \(remote\) [^:]+: (.*)$/.exec(line)
      if (list) theirs = (list[1] ?? '').split(',', MAX_NAMES).map((name) => plainText(name, 64))
    },
    get software() {
      return software
    },
    get theirs() {
      return theirs
    },
  }
}
