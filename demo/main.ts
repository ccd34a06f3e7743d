import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Cloud, openCloud } from './cloud.ts'
import type { FromCloud, ToCloud } from './messages.ts'

/**
 * The practice cloud's own process, started by `start.ts`. It lives as long as its parent: when that asks, or is gone, it closes
 * everything and removes its folder.
 */
async function run() {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-practice-'))
  let cloud: Cloud | undefined
  let ending = false

  async function end() {
    if (ending) return
    ending = true
    await cloud?.close()
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
    process.exit(0)
  }

  process.on('disconnect', end)
  process.on('SIGTERM', end)
  // Ctrl+C in a terminal reaches the whole group; the parent decides when this ends.
  process.on('SIGINT', () => undefined)
  process.on('message', (message: ToCloud) => ('stop' in message ? end() : control(cloud, message)))

  try {
    cloud = await openCloud(folder)
    tell({ ready: cloud.files })
  } catch (error) {
    tell({ failed: String(error) })
    await end()
  }
  // It may have gone while this was starting.
  if (!process.connected) await end()
}

async function control(cloud: Cloud | undefined, { id, control, value }: Exclude<ToCloud, { stop: true }>) {
  try {
    await cloud?.[control](value as never)
    tell({ id })
  } catch (error) {
    tell({ id, error: String(error) })
  }
}

function tell(message: FromCloud) {
  if (process.connected) process.send?.(message)
}

run()
