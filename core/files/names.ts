import { isUtf8 } from 'node:buffer'
import { shownName } from '../../contract/shown-name.ts'
import { UserError } from '../user-error.ts'

/** contract/models/file.ts says how bytes are written as text. */
export function textOf(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : escapedText(bytes)
}

const ESCAPE = 0xdc00

/** UTF-8 as far as it goes, each other byte by itself. */
function escapedText(bytes: Buffer): string {
  let text = ''
  for (let at = 0; at < bytes.length; ) {
    const length = [1, 2, 3, 4].find((size) => at + size <= bytes.length && isUtf8(bytes.subarray(at, at + size)))
    text += length ? bytes.toString('utf8', at, at + length) : String.fromCharCode(ESCAPE + (bytes[at] ?? 0))
    at += length ?? 1
  }
  return text
}

export function bytesOf(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text, 'utf8')
  return Buffer.concat(
    [...text].map((character) => {
      const code = character.codePointAt(0) ?? 0
      const escaped = code >= ESCAPE + 0x80 && code <= ESCAPE + 0xff
      return escaped ? Buffer.of(code - ESCAPE) : Buffer.from(character, 'utf8')
    }),
  )
}

/** Linux knows 255; what is longer than this no system takes. */
const LONGEST_NAME = 1024

/** The entry of that name in a folder, and nothing else: throws UserError FILE_NAME_REFUSED for a name that leads elsewhere. */
export function inFolder(folder: string, name: string): Buffer {
  const problem = problemOf(name)
  if (problem) throw new UserError('FILE_NAME_REFUSED', { name: shownName(name.slice(0, 100)), problem })
  return bytesOf(`${folder === '/' ? '' : folder}/${name}`)
}

export function problemOf(name: string): 'empty' | 'slash' | 'dots' | 'nul' | 'too-long' | undefined {
  if (name === '') return 'empty'
  if (name === '.' || name === '..') return 'dots'
  if (name.includes('\0')) return 'nul'
  if (name.includes('/')) return 'slash'
  return bytesOf(name).length > LONGEST_NAME ? 'too-long' : undefined
}
