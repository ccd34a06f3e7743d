import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import electron from 'electron/package.json' with { type: 'json' }
import { ensureBuilt } from '../../scripts/build.ts'

const ROOT = join(import.meta.dirname, '..', '..')
const run = promisify(execFile)

export interface Packed {
  /** Where everything was made; outside the repository, so that nothing is found there by chance. */
  readonly folder: string
  /** What electron-builder made. */
  readonly unpacked: string
  /** What was inside the asar, and the files beside it in their places. */
  readonly app: string
}

/** The Linux directory build, around a stand-in for Electron's own files: what is ours in it is what ships. */
export async function pack(): Promise<Packed> {
  await ensureBuilt(() => {})
  const folder = await mkdtemp(join(tmpdir(), 'mooring-package-'))
  const electronDist = await standInElectron(join(folder, 'electron'))
  const output = join(folder, 'dist')
  const config = join(folder, 'electron-builder.json')
  // There is no Electron to rebuild native modules for, nor one whose fuses could be set.
  const changes = { electronDist, directories: { output }, npmRebuild: false, electronFuses: null }
  await writeFile(config, JSON.stringify({ extends: join(ROOT, 'electron-builder.yml'), ...changes }))
  await node('electron-builder/cli.js', '--linux', 'dir', '--publish', 'never', '--config', config)

  const unpacked = join(output, 'linux-unpacked')
  const app = join(folder, 'app')
  await node('@electron/asar/bin/asar.js', 'extract', join(unpacked, 'resources/app.asar'), app)
  return { folder, unpacked, app }
}

function node(program: string, ...args: string[]) {
  return run(process.execPath, [join(ROOT, 'node_modules', program), ...args], { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 })
}

async function standInElectron(folder: string): Promise<string> {
  await mkdir(join(folder, 'resources'), { recursive: true })
  await mkdir(join(folder, 'locales'))
  await writeFile(join(folder, 'locales/en-US.pak'), '')
  await writeFile(join(folder, 'version'), electron.version)
  await writeFile(join(folder, 'electron'), '#!/bin/sh\nexit 0\n')
  await chmod(join(folder, 'electron'), 0o755)
  return folder
}
