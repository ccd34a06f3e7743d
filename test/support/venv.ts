import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { access, mkdir, rename, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const cache = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url))
const run = promisify(execFile)

/**
 * A program of PyPI's in a virtual environment of its own, made once: `requirement` is exact, as `moto[server]==5.2.5`. Gives the folder
 * of its programs. It is made beside its place and moved there, so that tests that start at once do not meet a half of it.
 */
export async function ensureVenv(requirement: string): Promise<string> {
  const home = `${cache}${requirement.replace(/\[.*\]/, '').replace('==', '-')}`
  const programs = `${home}/bin`
  if (await exists(`${programs}/python`)) return programs
  const making = `${home}-${randomUUID()}`
  await mkdir(cache, { recursive: true })
  try {
    await run('python3', ['-m', 'venv', making])
    await run(`${making}/bin/python`, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', requirement])
    await rename(making, home).catch(async (error) => {
      if (!(await exists(`${programs}/python`))) throw error
    })
  } finally {
    await rm(making, { recursive: true, force: true })
  }
  return programs
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  )
}
