/** The parts of ssh2 1.17.0 that its types do not cover. Used in internals.ts, algorithms.ts and native-crypto.ts only. */
declare module 'ssh2/lib/protocol/crypto.js' {
  const crypto: { readonly bindingAvailable: boolean }
  export default crypto
}

declare module 'ssh2/lib/protocol/constants.js' {
  const constants: {
    readonly SUPPORTED_KEX: readonly string[]
    readonly SUPPORTED_SERVER_HOST_KEY: readonly string[]
    readonly SUPPORTED_CIPHER: readonly string[]
    readonly SUPPORTED_MAC: readonly string[]
  }
  export default constants
}

declare module 'ssh2/lib/Channel.js' {
  const channel: { readonly MAX_WINDOW: number; readonly PACKET_SIZE: number }
  export default channel
}

declare module 'ssh2/lib/protocol/zlib.js' {
  const zlib: { readonly PacketWriter: { readonly prototype: object } }
  export default zlib
}

declare module 'ssh2/lib/protocol/utils.js' {
  const utils: { sendPacket(protocol: object, packet: Buffer): boolean }
  export default utils
}
