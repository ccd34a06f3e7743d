import { createHash } from 'node:crypto'
import { hostname } from 'node:os'

/** ssh_config(5), TOKENS. */
export interface TokenFacts {
  readonly homeFolder: string
  readonly localUser: string
  readonly userId?: number | undefined
  /** As typed. */
  readonly originalHost: string
  /** After HostName. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly hostKeyAlias?: string | undefined
  readonly proxyJump?: string | undefined
}

/** A token that the directive does not know stays as it is written. */
export function expandTokens(text: string, facts: TokenFacts): string {
  return text.replace(/%(.)/g, (whole, token: string) => tokenOf(token, facts) ?? whole)
}

function tokenOf(token: string, facts: TokenFacts): string | undefined {
  const localHost = hostname()
  const jump = facts.proxyJump === undefined || facts.proxyJump === 'none' ? '' : facts.proxyJump
  switch (token) {
    case '%':
      return '%'
    case 'C':
      // OpenSSH 9.4 and newer add the jump hosts, which changes nothing where there are none.
      return createHash('sha1').update(`${localHost}${facts.host}${facts.port}${facts.user}${jump}`).digest('hex')
    case 'd':
      return facts.homeFolder
    case 'h':
      return facts.host
    case 'i':
      return String(facts.userId ?? '')
    case 'j':
      return jump
    case 'k':
      return facts.hostKeyAlias ?? facts.originalHost
    case 'L':
      return localHost.split('.')[0] ?? ''
    case 'l':
      return localHost
    case 'n':
      return facts.originalHost
    case 'p':
      return String(facts.port)
    case 'r':
      return facts.user
    case 'u':
      return facts.localUser
    default:
      return undefined
  }
}

/** `${NAME}`; `undefined` where one is not set, which makes OpenSSH give up on the line. */
export function expandVariables(text: string, environment: Readonly<Record<string, string | undefined>>): string | undefined {
  let missing = false
  const expanded = text.replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    const value = environment[name]
    missing ||= value === undefined
    return value ?? ''
  })
  return missing ? undefined : expanded
}

/** OpenSSH's valid_hostname and valid_ruser: a name that a shell could take for more than a name goes into no command. */
export function isSafeInCommand(name: string): boolean {
  return !name.startsWith('-') && !/[\s\p{Cc}'`"$\\;&<>|(){}]/u.test(name)
}
