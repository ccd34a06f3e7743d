import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Sum } from './checks.ts'
import { root, run } from './run.ts'

const results = join(root, 'test-results')

/** A runner that wrote no report, or ended badly with every test passed, counts as one failure more. */
export async function runVitest(args: readonly string[]): Promise<Sum> {
  const file = freshReport('vitest.json')
  const code = await run('vitest', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args])
  const report = read(file)
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const files: { status: string; assertionResults: unknown[] }[] = report.testResults
  const notLoaded = files.filter((one) => one.status === 'failed' && one.assertionResults.length === 0).length
  return withExit(code, {
    passed: report.numPassedTests,
    failed: report.numFailedTests + notLoaded,
    skipped: report.numPendingTests + report.numTodoTests,
  })
}

export async function runPlaywright(args: readonly string[]): Promise<Sum> {
  const file = freshReport('e2e.json')
  const code = await run('playwright', ['test', ...args])
  const stats = read(file)?.stats
  if (!stats) return { passed: 0, failed: 1, skipped: 0 }
  if (stats.flaky > 0) console.log(`${stats.flaky} end-to-end tests passed only at the second try: see the list above.`)
  return withExit(code, { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped })
}

function withExit(code: number, sum: Sum): Sum {
  return code !== 0 && sum.failed === 0 ? { ...sum, failed: 1 } : sum
}

function freshReport(name: string): string {
  mkdirSync(results, { recursive: true })
  const file = join(results, name)
  rmSync(file, { force: true })
  return file
}

function read(file: string) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined // the runner died before it could write one
  }
}
