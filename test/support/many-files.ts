import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A folder with `file-1.log` to `file-<count>.log`, each of another size up to 99 bytes; in memory where that can be had. */
export function makeManyFiles(count: number): { readonly folder: string; remove(): void } {
  const base = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'mooring-many-'))
  const folder = join(base, 'many')
  mkdirSync(folder)
  for (let number = 1; number <= count; number += 1) writeFileSync(join(folder, `file-${number}.log`), 'x'.repeat(number % 100))
  return { folder, remove: () => rmSync(base, { recursive: true, force: true }) }
}
