// `npm test`: sets up what is missing, runs everything and ends in one line with the true sum of all runners.
import { lastLine, runChecks, type Sum } from './checks.ts'
import { installComponents } from './components.ts'
import { run } from './run.ts'
import { runPlaywright, runVitest } from './runners.ts'

await installComponents()
const sums: Sum[] = [await runChecks()]
const built = (await run('electron-vite', ['build', '--logLevel', 'warn'])) === 0
sums.push({ passed: built ? 1 : 0, failed: built ? 0 : 1, skipped: 0 })
sums.push(await runVitest([]))
sums.push(await runPlaywright([]))
console.log(lastLine(sums))
process.exitCode = sums.some((sum) => sum.failed > 0) ? 1 : 0
