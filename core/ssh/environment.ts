import { matchesPattern } from './config/patterns.ts'

/** What SendEnv's patterns pick, where one with `-` takes away again, and SetEnv's own over it (ssh_config(5)). Pure. */
export function environmentToSend(
  { send = [], set = {} }: { readonly send?: readonly string[] | undefined; readonly set?: Readonly<Record<string, string>> | undefined },
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const sent = Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined && isSent(entry[0], send))
  return { ...Object.fromEntries(sent), ...set }
}

/** The last pattern that fits decides. */
function isSent(name: string, patterns: readonly string[]): boolean {
  const last = patterns.findLast((pattern) => matchesPattern(name, pattern.replace(/^-/, '')))
  return last !== undefined && !last.startsWith('-')
}
