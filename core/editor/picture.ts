import { MOST_PICTURE_BYTES, type Picture, type PictureType } from '../../contract/models/picture.ts'
import { shownName } from '../../contract/shown-name.ts'
import type { Channel } from '../files/channels.ts'
import { UserError } from '../user-error.ts'
import { decodeText } from './encoding.ts'
import { readWhole } from './read.ts'

/** Throws UserError FILE_NOT_EDITABLE or FILE_REFUSED. */
export async function readPicture(channel: Channel, path: string): Promise<Picture> {
  const { bytes } = await readWhole(channel, path, MOST_PICTURE_BYTES)
  const mediaType = pictureTypeOf(bytes)
  if (!mediaType) throw new UserError('FILE_NOT_EDITABLE', { path: shownName(path), problem: 'no-picture', size: bytes.length })
  return { mediaType, data: bytes.toString('base64'), size: bytes.length }
}

/** What the bytes are, whatever the name says. */
export function pictureTypeOf(bytes: Buffer): PictureType | undefined {
  const start = bytes.toString('latin1', 0, 16)
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (start.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (/^GIF8[79]a/.test(start)) return 'image/gif'
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return 'image/webp'
  // Readers take a head that does not begin at once.
  if (bytes.subarray(0, LONGEST_HEAD).includes('%PDF-')) return 'application/pdf'
  return /^\s*(?:<\?xml[^>]*>\s*|<!--[\s\S]*?-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg[\s>]/.test(svgStart(bytes)) ? 'image/svg+xml' : undefined
}

const LONGEST_HEAD = 1024
const LONGEST_PROLOGUE = 4096
function svgStart(bytes: Buffer): string {
  return decodeText(bytes.subarray(0, LONGEST_PROLOGUE))?.text ?? ''
}
