import { debianRoot } from './debian.ts'

/** Before the first of the tests that share it, whose own time it would take. */
export default async function prepare(): Promise<void> {
  if (process.getuid?.() === 0) await debianRoot()
}
