// A core of its own, to be killed: node change-process.ts <home> <request as JSON>
import { startCore } from './core.ts'

const [home = '', request = ''] = process.argv.slice(2)
const { client } = await startCore(home, { AWS_PROFILE: 'practice' })
const wanted = JSON.parse(request)
const prepared = await ('launch' in wanted ? client.changes.prepareLaunch(wanted) : client.changes.prepare(wanted))
const { id } = await client.changes.apply({ id: prepared.id })
process.send?.({ id })
for await (const changes of await client.changes.watch()) if (changes.some((change) => change.id === id && change.over)) process.exit(0)
