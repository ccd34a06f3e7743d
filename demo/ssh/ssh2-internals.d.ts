declare module 'ssh2/lib/protocol/zlib.js' {
  const zlib: { readonly PacketWriter: { readonly prototype: object } }
  export default zlib
}
