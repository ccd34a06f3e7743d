import { vpcOf } from './network.ts'

/** A database that AWS runs in one of the practice account's VPCs, or in another that is not connected with them. */
export interface DatabaseSpec {
  readonly name: string
  readonly region: string
  readonly vpcId: string
  readonly engine: 'postgres' | 'mariadb' | 'aurora-mysql' | 'sqlserver-ex'
  readonly version: string
  readonly port: number
  readonly status: string
  /** Its instances, the one that is written to first, where it is a cluster. */
  readonly members?: readonly string[]
}

const east = vpcOf('us-east-1') ?? ''
const west = vpcOf('eu-west-1') ?? ''

export const databaseSpecs: readonly DatabaseSpec[] = [
  { name: 'orders', region: 'us-east-1', vpcId: east, engine: 'postgres', version: '16.4', port: 5432, status: 'available' },
  {
    name: 'catalogue',
    region: 'us-east-1',
    vpcId: east,
    engine: 'aurora-mysql',
    version: '8.0.mysql_aurora.3.08.0',
    port: 3306,
    status: 'available',
    members: ['catalogue-1', 'catalogue-2'],
  },
  { name: 'wiki', region: 'us-east-1', vpcId: east, engine: 'mariadb', version: '10.11.9', port: 3306, status: 'stopped' },
  {
    name: 'warehouse',
    region: 'us-east-1',
    vpcId: 'vpc-0d9e1b7a5c3f2864e',
    engine: 'sqlserver-ex',
    version: '16.00.4135.4.v1',
    port: 1433,
    status: 'available',
  },
  { name: 'visits', region: 'eu-west-1', vpcId: west, engine: 'postgres', version: '15.8', port: 5433, status: 'available' },
]

/** As RDS makes them: one label for the account and region, and `cluster-` or `cluster-ro-` before it for those of a cluster. */
export function databaseAddress({ name, region }: Pick<DatabaseSpec, 'name' | 'region'>, prefix = ''): string {
  return `${name}.${prefix}c1x2y3practice.${region}.rds.amazonaws.com`
}

/** The one that listens there, as a machine of its VPC sees it. */
export function databaseAt(vpcId: string, address: string, port: number): DatabaseSpec | undefined {
  const listening = databaseSpecs.filter((spec) => spec.vpcId === vpcId && spec.status === 'available' && spec.port === port)
  return listening.find((spec) => (spec.members ? ['cluster-', 'cluster-ro-'] : ['']).some((p) => databaseAddress(spec, p) === address))
}
