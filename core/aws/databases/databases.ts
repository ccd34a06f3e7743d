import type { DBCluster, DBInstance } from '@aws-sdk/client-rds'
import type { Database } from '../../../contract/models/database.ts'
import type { InstanceRef } from '../../../contract/models/instance.ts'
import type { Clients } from '../clients.ts'
import { describeOne } from '../instances/describe-one.ts'
import { allPages } from '../network/pages.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { readDatabases } from './read-databases.ts'

/** As in the contract. */
export interface Databases {
  beside(ref: InstanceRef, signal?: AbortSignal): Promise<Database[]>
}

/** RDS takes no more at once. */
const PAGE = 100

export function createDatabases(profiles: Profiles, clients: Clients): Databases {
  return {
    async beside(ref, signal) {
      const at = { profile: profiles.open(ref.profile), region: ref.region }
      const { instance } = await describeOne(clients, at, ref.instanceId)
      const [instances, clusters] = await Promise.all([
        allPages<DBInstance>(async ({ NextToken }) => {
          const page = { MaxRecords: PAGE, ...(NextToken ? { Marker: NextToken } : {}) }
          const answer = await clients.rds(at, 'DescribeDBInstances', (rds, options) => rds.describeDBInstances(page, options), signal)
          return { items: answer.DBInstances, next: answer.Marker }
        }),
        allPages<DBCluster>(async ({ NextToken }) => {
          const page = { MaxRecords: PAGE, ...(NextToken ? { Marker: NextToken } : {}) }
          const answer = await clients.rds(at, 'DescribeDBClusters', (rds, options) => rds.describeDBClusters(page, options), signal)
          return { items: answer.DBClusters, next: answer.Marker }
        }),
      ])
      return readDatabases(instance.VpcId ?? '', instances, clusters)
    },
  }
}
