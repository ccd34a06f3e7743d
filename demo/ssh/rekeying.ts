/// <reference path="./ssh2-internals.d.ts" />
import zlib from 'ssh2/lib/protocol/zlib.js'

/**
 * What ssh2 wants to send while keys are exchanged waits as payload alone, and it leaves room for a packet's head all the same: a
 * client that asks for new keys while a shell prints would end the process (core/ssh/internals.ts does this for the client's side).
 */
export function mendRekeying(): void {
  Object.defineProperty(zlib.PacketWriter.prototype, 'allocStart', {
    get(this: { readonly _protocol: { readonly _kexinit: Buffer | undefined } }) {
      return this._protocol._kexinit === undefined ? HEAD_BYTES : 0
    },
    set: () => undefined,
  })
}

/** RFC 4253, 6: the packet's length and that of its padding. */
const HEAD_BYTES = 5
