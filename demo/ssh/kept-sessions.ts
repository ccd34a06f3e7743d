import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Where a machine's own tmux and screen keep their sockets, apart from the person's own. */
export function keptSessionsEnvironment(home: string): Record<string, string> {
  return { TMUX_TMPDIR: home, SCREENDIR: join(home, '.screen') }
}

/** A machine that goes down takes with it what ran in them; they have left their terminals, so nothing else would end them. */
export async function endKeptSessions(home: string, environment: Record<string, string | undefined>): Promise<void> {
  await new Promise<void>((resolve) => execFile('tmux', ['kill-server'], { env: environment }, () => resolve()))
  for (const socket of await readdir(join(home, '.screen')).catch(() => [])) {
    const pid = Number(/^(\d+)\./.exec(socket)?.[1])
    try {
      if (pid > 1) process.kill(pid)
    } catch {
      // It ended before.
    }
  }
}
