import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'

/** What an X server wants to hear of whoever connects: X protocol, 8. */
export interface Authorization {
  readonly name: string
  readonly data: Buffer
}

export const COOKIE = 'MIT-MAGIC-COOKIE-1'
/** Of the first field of an entry: Xauth.h. */
const FAMILY_LOCAL = 256
const FAMILY_WILD = 65535

/** As X clients find it: XAUTHORITY, else `~/.Xauthority`. `undefined`: none is kept, and the server may want none. */
export async function authorizationOf(
  displayNumber: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Authorization | undefined> {
  const file = environment.XAUTHORITY || join(environment.HOME ?? '', '.Xauthority')
  const bytes = await readFile(file).catch(() => undefined)
  return bytes && findCookie(bytes, displayNumber, hostname())
}

/** In a file of entries, each a family and four counted fields: address, display, name, data. Pure. */
export function findCookie(file: Buffer, displayNumber: string, host: string): Authorization | undefined {
  let other: Authorization | undefined
  for (let at = 0; at + 2 <= file.length; ) {
    const family = file.readUInt16BE(at)
    at += 2
    const fields: Buffer[] = []
    while (fields.length < 4) {
      if (at + 2 > file.length) return other
      const end = at + 2 + file.readUInt16BE(at)
      if (end > file.length) return other
      fields.push(file.subarray(at + 2, end))
      at = end
    }
    const [address, number, name, data] = fields.map((field) => Buffer.from(field)) as [Buffer, Buffer, Buffer, Buffer]
    if (name.toString('latin1') !== COOKIE || (number.length > 0 && number.toString('latin1') !== displayNumber)) continue
    const found = { name: COOKIE, data }
    if (family === FAMILY_WILD || (family === FAMILY_LOCAL && address.toString('latin1') === host)) return found
    other ??= found
  }
  return other
}
