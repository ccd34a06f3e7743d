import { join } from 'node:path'

/** `web-1 2026-03-04 12.30.05.log`: of a name that a host or an account gave, only what no system's files mind. Pure. */
export function logPath(folder: string, name: string, now: Date): string {
  const safe = name.replace(/[^\p{L}\p{N}_-]+/gu, '_').slice(0, 80) || 'terminal'
  const [day, time] = now.toISOString().slice(0, 19).split('T')
  return join(folder, `${safe} ${day} ${time?.replaceAll(':', '.')}.log`)
}
