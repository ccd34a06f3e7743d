/** A `[bind:]port` or a socket's path; OpenSSH's own form (`ssh -G`). `undefined`: it is none. */
function side(text: string, kind: 'listen' | 'connect'): string | undefined {
  if (text.startsWith('/')) return text
  const [, bracketed, plain, port = ''] = /^(?:\[([^\]]*)\][:/]|([^\s:/]*)[:/])?(\d{1,5}|[a-z][\w-]*)$/i.exec(text) ?? []
  const host = bracketed ?? plain
  const number = Number(port)
  if (!Number.isInteger(number) || number > 65535 || (kind === 'connect' && number === 0)) return undefined
  if (kind === 'connect') return host === undefined ? undefined : `[${host}]:${port}`
  if (host === undefined) return port
  return `[${host}]:${port}`
}

/** The words of LocalForward and RemoteForward; of the latter the second may be missing, which makes it a SOCKS proxy. */
export function forwardOf(words: readonly string[], socks: boolean): string | undefined {
  const [from = '', to] = words
  const listen = side(from, 'listen')
  if (listen === undefined) return undefined
  if (to === undefined) return socks ? `${listen} [socks]:0` : undefined
  const target = side(to, 'connect')
  return target === undefined ? undefined : `${listen} ${target}`
}

export function dynamicForwardOf(word: string): string | undefined {
  return word.startsWith('/') ? undefined : side(word, 'listen')
}
