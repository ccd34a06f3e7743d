import { readWire, string, type WireReader } from '../wire.ts'

/** SFTP version 3 (draft-ietf-secsh-filexfer-02), with names as the bytes that they are: ssh2's own client knows UTF-8 only. */
export const REQUEST = {
  INIT: 1,
  OPEN: 3,
  CLOSE: 4,
  READ: 5,
  WRITE: 6,
  LSTAT: 7,
  FSTAT: 8,
  SETSTAT: 9,
  FSETSTAT: 10,
  OPENDIR: 11,
  READDIR: 12,
  REMOVE: 13,
  MKDIR: 14,
  RMDIR: 15,
  REALPATH: 16,
  STAT: 17,
  RENAME: 18,
  READLINK: 19,
  SYMLINK: 20,
  EXTENDED: 200,
} as const
export const ANSWER = { VERSION: 2, STATUS: 101, HANDLE: 102, DATA: 103, NAME: 104, ATTRS: 105, EXTENDED: 201 } as const
export const STATUS = { OK: 0, EOF: 1, NO_SUCH_FILE: 2, PERMISSION_DENIED: 3, FAILURE: 4, BAD_MESSAGE: 5, UNSUPPORTED: 8 } as const

/** How a file is opened (6.3): `create-new` refuses what is there already, `create` empties it, `update` leaves it as it is. */
export const OPEN = { read: 0x01, update: 0x03, create: 0x1a, 'create-new': 0x2a } as const

/** Absent is what the server did not say, or what is to stay as it is. Times are seconds since 1970. */
export interface Attributes {
  readonly size?: number
  readonly uid?: number
  readonly gid?: number
  readonly mode?: number
  readonly accessed?: number
  readonly modified?: number
}
export interface NamedEntry {
  readonly name: Buffer
  /** As `ls -l` would write it; what is in it is the server's own affair. */
  readonly line: Buffer
  readonly attributes: Attributes
}

const HAS = { SIZE: 1, OWNER: 2, MODE: 4, TIMES: 8, EXTENDED: 0x80000000 }

export function uint32(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeUInt32BE(value >>> 0)
  return bytes
}

/** Up to 2^53. */
export function uint64(value: number): Buffer {
  return Buffer.concat([uint32(Math.floor(value / 2 ** 32)), uint32(value % 2 ** 32)])
}

export function packet(type: number, id: number | undefined, ...fields: readonly Buffer[]): Buffer {
  const head = id === undefined ? 5 : 9
  const bytes = Buffer.allocUnsafe(fields.reduce((length, field) => length + field.length, head))
  bytes.writeUInt32BE(bytes.length - 4)
  bytes[4] = type
  if (id !== undefined) bytes.writeUInt32BE(id, 5)
  let at = head
  for (const field of fields) {
    bytes.set(field, at)
    at += field.length
  }
  return bytes
}

/** Version 3 has owner and group together, and both times: an absent `accessed` is `modified`. Throws TypeError for half an owner. */
export function attributeBytes({ size, uid, gid, mode, modified, accessed = modified }: Attributes): Buffer {
  if ((uid === undefined) !== (gid === undefined)) throw new TypeError('an owner is a user and a group')
  let flags = 0
  const fields: Buffer[] = []
  const add = (flag: number, ...values: Buffer[]) => {
    flags |= flag
    fields.push(...values)
  }
  if (size !== undefined) add(HAS.SIZE, uint64(size))
  if (uid !== undefined && gid !== undefined) add(HAS.OWNER, uint32(uid), uint32(gid))
  if (mode !== undefined) add(HAS.MODE, uint32(mode))
  if (modified !== undefined && accessed !== undefined) add(HAS.TIMES, uint32(accessed), uint32(modified))
  return Buffer.concat([uint32(flags), ...fields])
}

/** Throws RangeError where the bytes end early, as everything that reads does. */
export function readAttributes(reader: WireReader): Attributes {
  const flags = reader.uint32()
  const size = flags & HAS.SIZE ? readUint64(reader) : undefined
  const [uid, gid] = flags & HAS.OWNER ? [reader.uint32(), reader.uint32()] : []
  const mode = flags & HAS.MODE ? reader.uint32() : undefined
  const [accessed, modified] = flags & HAS.TIMES ? [reader.uint32(), reader.uint32()] : []
  if ((flags & HAS.EXTENDED) !== 0) {
    for (let left = reader.uint32(); left > 0; left -= 1) {
      reader.string()
      reader.string()
    }
  }
  return {
    ...(size !== undefined && { size }),
    ...(uid !== undefined && gid !== undefined && { uid, gid }),
    ...(mode !== undefined && { mode }),
    ...(accessed !== undefined && modified !== undefined && { accessed, modified }),
  }
}

/** What is beyond 2^53 is no size of a file, but a lie. */
export function readUint64(reader: WireReader): number {
  const value = reader.uint32() * 2 ** 32 + reader.uint32()
  return Math.min(value, Number.MAX_SAFE_INTEGER)
}

export function readNames(reader: WireReader): NamedEntry[] {
  const entries: NamedEntry[] = []
  for (let left = reader.uint32(); left > 0; left -= 1) {
    entries.push({ name: reader.string(), line: reader.string(), attributes: readAttributes(reader) })
  }
  return entries
}

/** `name@domain` of each extension that the server offers (OpenSSH's PROTOCOL, 4). */
export function readExtensions(bytes: Buffer): ReadonlySet<string> {
  const reader = readWire(bytes)
  const names = new Set<string>()
  while (reader.rest.length > 0) {
    names.add(reader.string().toString('latin1'))
    reader.string()
  }
  return names
}

/** The fields of a request of the server's own kind. */
export function extended(name: string, ...fields: readonly Buffer[]): readonly Buffer[] {
  return [string(name), ...fields]
}
