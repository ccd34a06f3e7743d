// `npm run check`: types, lint and unit tests.
import { lastLine, runChecks } from './checks.ts'
import { runVitest } from './runners.ts'

const sums = [await runChecks(), await runVitest(['--project', 'unit'])]
console.log(lastLine(sums))
process.exitCode = sums.some((sum) => sum.failed > 0) ? 1 : 0
