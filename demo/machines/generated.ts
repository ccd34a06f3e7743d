import type { MachineSpec } from './catalog.ts'
import type { Machine } from './machine.ts'

const regions = ['us-east-1', 'eu-west-1', 'sa-east-1'] as const
const images = ['ami-0e2c8caa4b6378d8c', 'ami-03fd334507439f4d1', 'ami-0a9e5c7b1d3f68240'] as const
const types = ['t3.micro', 't3.large', 'm6i.large', 'c6i.xlarge', 'r6g.medium'] as const
const roles = ['api', 'worker', 'web', 'cache', 'etl', 'proxy', 'search'] as const
const zones = ['a', 'b', 'c'] as const

/** Rows for a long list, the same for the same index. They have no SSH server; addresses are RFC 2544's, which nobody routes. */
export function generatedMachine(index: number): Machine {
  const at = <T>(list: readonly [T, ...T[]], step = 1): T => list[Math.floor(index / step) % list.length] ?? list[0]
  const running = index % 7 !== 3
  const low = `${(index >> 8) & 255}.${index & 255}`
  const role = at(roles)
  const spec: MachineSpec = {
    instanceId: `i-0${(0xabc0000000000000n + BigInt(index) * 0x9e3779b1n).toString(16)}`,
    name: `${role}-${String(index + 1).padStart(5, '0')}`,
    region: at(regions),
    zone: at(zones, 3),
    type: at(types),
    architecture: 'x86_64',
    imageId: at(images),
    keyName: 'practice',
    state: running ? 'running' : 'stopped',
    privateAddress: `10.${20 + 10 * (index % 3)}.${low}`,
    publicAddress: `198.${18 + (index >> 16)}.${low}`,
    hostKeys: [],
    console: 'empty',
    securityGroup: 'ssh-open',
    launchedDaysAgo: index % 900,
    tags: { Environment: index % 5 === 0 ? 'staging' : 'production', Role: role, Shard: String(index % 64) },
  }
  return {
    spec,
    state: spec.state,
    publicAddress: running ? spec.publicAddress : undefined,
    launchedAt: new Date(Date.UTC(2026, 0, 1) - spec.launchedDaysAgo * 86_400_000),
    earlierRuns: [],
    reason: '',
    console: { text: '', at: new Date(0) },
    hostKeys: [],
    metadataTokens: 'required',
    protectedFrom: { termination: false, stop: false },
    generated: true,
    sentKeys: [],
    serialKeys: [],
    serialSessions: 0,
  }
}
