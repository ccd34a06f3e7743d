import type { Handle, Sftp } from '../ssh/sftp/sftp.ts'
import { kindOf } from './entry.ts'
import { refusal } from './failures.ts'
import { freeName } from './free-name.ts'
import { eachIn, type Found, find, isThere, on, type Place, placeIn } from './tree.ts'
import type { Work } from './work.ts'

/** Into a folder, under its name or the next that is free. */
export async function copyInto(work: Work, place: Place, folder: Place): Promise<void> {
  const { sftp } = work.channel
  const found = await find(sftp, place)
  if (`${folder.path}/`.startsWith(`${place.path}/`)) throw refusal(folder, 'into-itself')
  const name = lastName(place)
  for (let attempt = 1; ; attempt += 1) {
    const to = placeIn(folder, freeName(name, attempt, kindOf(found.attributes) === 'folder'))
    if (!(await isThere(sftp, to))) return copy(work, found, to)
  }
}

/** With modes and times; links as links. Nothing may be at `to`. `others`: what becomes of sockets, pipes and devices. */
export async function copy(work: Work, from: Found, to: Place, others: 'pass over' | 'refuse' = 'pass over'): Promise<void> {
  const { sftp } = work.channel
  work.check()
  const { mode = 0o644, modified } = from.attributes
  switch (kindOf(from.attributes)) {
    case 'folder':
      await on(to, sftp.mkdir(to.bytes, { mode: 0o700 }))
      await eachIn(work, from, (inside) => copy(work, inside, placeIn(to, lastName(inside)), others))
      await keepOwner(work, from, (owner) => sftp.setstat(to.bytes, owner))
      await on(to, sftp.setstat(to.bytes, { mode: mode & 0o7777, ...(modified !== undefined && { modified }) }))
      break
    case 'link':
      await on(to, sftp.symlink(await on(from, sftp.readlink(from.bytes)), to.bytes))
      break
    case 'file':
      await copyFile(work, from, to)
      break
    default:
      if (others === 'refuse') throw refusal(from, 'unsupported')
      return
  }
  work.did(from.path, kindOf(from.attributes) === 'file' ? from.attributes.size : 0)
}

async function copyFile(work: Work, from: Found, to: Place): Promise<void> {
  const { sftp } = work.channel
  const { mode = 0o644, modified } = from.attributes
  const source = await on(from, sftp.open(from.bytes, 'read'))
  try {
    const target = await on(to, sftp.open(to.bytes, 'create-new', { mode: 0o600 }))
    try {
      if (sftp.can('copy-data')) await on(to, sftp.copyData(source, target))
      else await copyThroughHere(work, source, target)
      await keepOwner(work, from, (owner) => sftp.fsetstat(target, owner))
      await on(to, sftp.fsetstat(target, { mode: mode & 0o7777, ...(modified !== undefined && { modified }) }))
    } catch (error) {
      await sftp.remove(to.bytes).catch(() => undefined)
      throw error
    } finally {
      await close(sftp, target)
    }
  } finally {
    await close(sftp, source)
  }
}

/** Only root can give files away. */
async function keepOwner({ channel }: Work, from: Found, give: (owner: { uid: number; gid: number }) => Promise<void>): Promise<void> {
  const { uid, gid } = from.attributes
  if (channel.root && uid !== undefined && gid !== undefined) await on(from, give({ uid, gid }))
}

function lastName({ path }: Place): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

const PIECE_BYTES = 255 * 1024
const PIECES_AT_ONCE = 8

/** For servers that cannot copy by themselves. */
async function copyThroughHere({ channel: { sftp }, check }: Work, source: Handle, target: Handle): Promise<void> {
  let next = 0
  let ended = false
  const worker = async () => {
    const place = Buffer.allocUnsafe(PIECE_BYTES)
    while (!ended) {
      check()
      let at = next
      next += PIECE_BYTES
      for (let left = PIECE_BYTES; left > 0; ) {
        const length = await sftp.read(source, place.subarray(0, left), at)
        if (length === 0) {
          ended = true
          break
        }
        await sftp.write(target, place.subarray(0, length), at)
        at += length
        left -= length
      }
    }
  }
  // All have to be over before the files are closed: their handles may be given to others then.
  const workers = Array.from({ length: PIECES_AT_ONCE }, () =>
    worker().catch((error) => {
      ended = true
      throw error
    }),
  )
  const failed = (await Promise.allSettled(workers)).find((settled) => settled.status === 'rejected')
  if (failed) throw failed.reason
}

async function close(sftp: Sftp, handle: Handle): Promise<void> {
  await sftp.close(handle).catch(() => undefined)
}
