// A process of its own, so that its memory is the core's and not the benchmark's: node --expose-gc memory-core.ts <home> <user> <port>
import { startCore } from '../support/core.ts'

const TERMINALS = 200
const [home = '', user = '', port = ''] = process.argv.slice(2)
const core = await startCore(home)

async function openTerminals(count: number) {
  for (let i = 0; i < count; i++) {
    const target = { kind: 'host', host: '127.0.0.1', choices: { user, port: Number(port) } } as const
    const { id } = await core.client.terminals.open({ target, size: { cols: 120, rows: 40 } })
    await core.attach(id).until('ready> ')
  }
}

function residentMiB(): number {
  globalThis.gc?.()
  return process.memoryUsage.rss() / 1024 / 1024
}

await openTerminals(10) // what is loaded or compiled once
const before = residentMiB()
await openTerminals(TERMINALS)
console.log(JSON.stringify((residentMiB() - before) / TERMINALS))
process.exit(0)
