import type { DBCluster, DBInstance } from '@aws-sdk/client-rds'
import { type Database, database } from '../../../contract/models/database.ts'
import { plainText } from '../plain-text.ts'

/**
 * Those of one VPC that can be connected to, by name. RDS says of an instance in which VPC it is and of a cluster only which instances
 * are its own, so a cluster is where they are; its instances are left out, because programs use the cluster's endpoints. What is only
 * being made has no endpoint yet.
 */
export function readDatabases(vpcId: string, instances: readonly DBInstance[], clusters: readonly DBCluster[]): Database[] {
  const here = instances.filter(({ DBSubnetGroup }) => vpcId !== '' && DBSubnetGroup?.VpcId === vpcId)
  const clustersHere = new Set(here.map(({ DBClusterIdentifier }) => DBClusterIdentifier))
  const found = [
    ...here
      .filter(({ DBClusterIdentifier }) => !DBClusterIdentifier)
      .map((each) => read({ ...each, role: 'instance', status: each.DBInstanceStatus }, each.DBInstanceIdentifier, each.Endpoint)),
    ...clusters
      .filter(({ DBClusterIdentifier }) => clustersHere.has(DBClusterIdentifier))
      .flatMap((each) => {
        const { DBClusterIdentifier: name, Endpoint, ReaderEndpoint, Port, Status: status } = each
        return [
          read({ ...each, role: 'writer', status }, name, { Address: Endpoint, Port }),
          read({ ...each, role: 'readers', status }, name, { Address: ReaderEndpoint, Port }),
        ]
      }),
  ]
  return found.filter((each) => each !== undefined).toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
}

interface Said {
  readonly role: Database['role']
  readonly status: string | undefined
  readonly Engine?: string | undefined
  readonly EngineVersion?: string | undefined
}
interface Where {
  readonly Address?: string | undefined
  readonly Port?: number | undefined
}

/** Nothing for an address or a port that is none. */
function read({ role, status, Engine, EngineVersion }: Said, name: string | undefined, at: Where | undefined): Database | undefined {
  const text = (value: string | undefined) => plainText(value ?? '', 100)
  const made = { name: text(name), role, engine: text(Engine), version: text(EngineVersion), status: text(status) }
  return database.safeParse({ ...made, address: at?.Address, port: at?.Port }).data
}
