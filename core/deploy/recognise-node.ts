import { z } from 'zod'
import type { ProjectFiles, Recognised } from './recognise.ts'

const manifest = z.object({
  main: z.string().optional(),
  scripts: z.record(z.string(), z.string()).optional().catch(undefined),
})
const LOCKS = { 'pnpm-lock.yaml': 'pnpm', 'yarn.lock': 'yarn', 'package-lock.json': 'npm', 'npm-shrinkwrap.json': 'npm' } as const
const INSTALLS = { npm: 'npm ci', pnpm: 'pnpm install --frozen-lockfile', yarn: 'yarn install --frozen-lockfile' } as const

export function recogniseNode({ paths, texts }: ProjectFiles): Recognised | undefined {
  if (!paths.includes('package.json')) return undefined
  const { scripts = {}, main } = manifest.safeParse(parse(texts['package.json'] ?? '')).data ?? {}
  const lock = Object.entries(LOCKS).find(([file]) => paths.includes(file))
  const manager = lock?.[1] ?? 'npm'
  const entry = [main, 'server.js', 'index.js', 'app.js'].find(
    (file) => file !== undefined && /^[\w./-]+$/.test(file) && paths.includes(file),
  )
  const start = scripts.start ? `${manager} start` : entry ? `node ${entry}` : undefined
  if (!start) return undefined
  return {
    plan: {
      kind: 'node',
      build: [lock ? INSTALLS[manager] : 'npm install', ...(scripts.build ? [`${manager} run build`] : [])],
      start,
      port: 3000,
    },
    because: lock?.[0] ?? 'package.json',
    needs: ['node', manager],
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
