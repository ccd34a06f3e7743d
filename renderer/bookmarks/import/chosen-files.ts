import { MOST_IMPORT_BYTES } from '../../../contract/models/import.ts'

export interface ChosenFile {
  readonly path: string
  readonly base64: string
}

/** A folder has files that are none of ours: what is far too large is said, and not read. */
export async function readChosen(
  chosen: readonly File[],
): Promise<{ readonly files: readonly ChosenFile[]; readonly tooLarge: readonly string[] }> {
  const small = chosen.filter(({ size }) => size <= MOST_IMPORT_BYTES)
  return {
    files: await Promise.all(
      small.map(async (file) => ({ path: file.webkitRelativePath || file.name, base64: toBase64(await file.arrayBuffer()) })),
    ),
    tooLarge: chosen.filter((file) => !small.includes(file)).map(({ name }) => name),
  }
}

function toBase64(buffer: ArrayBuffer): string {
  const bytes = new Uint8Array(buffer)
  const pieces: string[] = []
  // A call takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 0x8000) pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)))
  return btoa(pieces.join(''))
}
