import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from './run.ts'

export interface Sum {
  passed: number
  failed: number
  skipped: number
}

/** Types of each folder, lint with the import rules, and what nobody uses: each counts as one check. */
export async function runChecks(): Promise<Sum> {
  const folders = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(join(root, entry.name)).includes('tsconfig.json'))
    .map((entry) => entry.name)
  const checks: [name: string, command: string, args: string[]][] = [
    ...folders.map((folder): [string, string, string[]] => [`types of ${folder}/`, 'tsc', ['-p', folder]]),
    ['lint, format and import rules', 'biome', ['check', '--error-on-warnings', '.']],
    ['nothing unused', 'knip', ['--no-progress']],
  ]
  const sum = { passed: 0, failed: 0, skipped: 0 }
  for (const [name, command, args] of checks) {
    const passed = (await run(command, args)) === 0
    console.log(`${passed ? 'ok  ' : 'FAIL'} ${name}`)
    if (passed) sum.passed += 1
    else sum.failed += 1
  }
  return sum
}

export function lastLine(sums: readonly Sum[]): string {
  const total = (key: keyof Sum) => sums.reduce((count, sum) => count + sum[key], 0)
  const skipped = total('skipped')
  return `${total('passed')} passed, ${total('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
