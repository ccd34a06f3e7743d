// `npm run bench`: the budgets, measured as ratios in one run. `-- --json` for machines, `-- --only id,id` for some.
import { parseArgs } from 'node:util'
import { rows as connectRows } from './connect.ts'
import { rows as filesRows } from './files.ts'
import { rows as firstPaintRows } from './first-paint.ts'
import { rows as hundredRows } from './hundred.ts'
import { rows as listRows } from './list.ts'
import { rows as memoryRows } from './memory.ts'
import { measureRow, type Result, type Row } from './row.ts'
import { rows as terminalRows } from './terminal.ts'
import { rows as transferRows } from './transfers.ts'

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, only: { type: 'string' } } })

const all: Row[] = [
  ...connectRows,
  ...memoryRows,
  ...terminalRows,
  ...hundredRows,
  ...listRows,
  ...filesRows,
  ...firstPaintRows,
  ...transferRows,
]
const wanted = values.only?.split(',')
const unknown = wanted?.filter((id) => !all.some((row) => row.id === id)) ?? []
if (unknown.length > 0) {
  console.error(`no such row: ${unknown.join(', ')}. There are: ${all.map((row) => row.id).join(', ')}`)
  process.exit(2)
}

// A run that is cut short ends what it has started, too.
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort())

const rows: Result[] = []
let failed = false
if (!values.json) console.log('| id | what | ours | peer | ratio | budget | |\n|---|---|---|---|---|---|---|')
for (const row of wanted ? all.filter(({ id }) => wanted.includes(id)) : all) {
  if (stop.signal.aborted) break
  try {
    const result = await measureRow(row, stop.signal)
    rows.push(result)
    if (!values.json) console.log(line(result))
  } catch (error) {
    // The other rows are still worth having.
    failed = true
    console.error(`${row.id} could not be measured: ${error instanceof Error ? error.message : error}`)
  }
}
if (values.json) console.log(JSON.stringify({ rows }))
process.exit(failed ? 1 : 0)

function line({ id, what, ours, peer, unit, ratio, budget, better, pass }: Result): string {
  const number = (value: number) => Number(value.toPrecision(3))
  const sign = better === 'lower' ? '<=' : '>='
  return `| \`${id}\` | ${what} | ${number(ours)} ${unit} | ${number(peer)} ${unit} | ${ratio.toFixed(2)} | ${budget === undefined ? '' : `${sign} ${budget.toFixed(2)}`} | ${budget === undefined ? '' : pass ? 'met' : 'MISSED'} |`
}
