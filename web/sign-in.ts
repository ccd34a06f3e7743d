import { createHash, randomBytes } from 'node:crypto'

/** Proof that whoever asks is whom the address was printed for. */
export interface SignIn {
  /** Another token, good for one use. */
  issue(): string
  /** The cookie, as `name=value`, for a token that was not used yet. */
  redeem(token: string): string | undefined
  knows(cookieHeader: string | undefined): boolean
}

/** `port` is in the cookie's name because cookies are shared by all ports of a host. */
export function createSignIn(port: number): SignIn {
  const name = `mooring-${port}`
  // Digests are looked up, not the secrets: how long that takes tells nothing about them.
  const tokens = new Set<string>()
  const cookies = new Set<string>()

  return {
    issue() {
      const token = randomSecret()
      tokens.add(digest(token))
      return token
    },
    redeem(token) {
      if (!tokens.delete(digest(token))) return undefined
      const value = randomSecret()
      cookies.add(digest(value))
      return `${name}=${value}`
    },
    knows(cookieHeader = '') {
      return cookieHeader.split(';').some((part) => {
        const [key, value = ''] = part.trim().split('=', 2)
        return key === name && cookies.has(digest(value))
      })
    },
  }
}

function randomSecret(): string {
  return randomBytes(32).toString('base64url')
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64')
}
