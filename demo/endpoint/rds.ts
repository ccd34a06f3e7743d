import { type DatabaseSpec, databaseAddress, databaseSpecs } from '../machines/databases.ts'
import type { Account, Action } from './action.ts'
import { AwsError } from './aws-error.ts'
import type { Query } from './query.ts'
import { elements, type XmlValue } from './xml.ts'

/** RDS, of which the lists can be read. */
export const rdsActions: Readonly<Record<string, Action>> = {
  DescribeDBInstances: (account, query, region) => {
    const { page, Marker } = pageOf(
      databaseSpecs.filter((spec) => spec.region === region).flatMap((spec) => instancesOf(account, spec)),
      query,
    )
    return { Marker, DBInstances: elements('DBInstance', page) }
  },
  DescribeDBClusters: (account, query, region) => {
    const clusters = databaseSpecs.filter((spec) => spec.region === region && spec.members)
    const { page, Marker } = pageOf(
      clusters.map((spec) => clusterOf(account, spec)),
      query,
    )
    return { Marker, DBClusters: elements('DBCluster', page) }
  },
}

function instancesOf({ fleet }: Account, spec: DatabaseSpec): readonly XmlValue[] {
  const { name, region, vpcId, engine, version, port, status, members } = spec
  return (members ?? [name]).map((instance) => ({
    DBInstanceIdentifier: instance,
    DBInstanceArn: `arn:aws:rds:${region}:${fleet.accountId}:db:${instance}`,
    DBInstanceClass: 'db.t4g.medium',
    Engine: engine,
    EngineVersion: version,
    DBInstanceStatus: status,
    DBClusterIdentifier: members && name,
    Endpoint: { Address: databaseAddress({ name: instance, region }), Port: port, HostedZoneId: 'Z2R2ITUGPM61AM' },
    DBSubnetGroup: { DBSubnetGroupName: 'private', VpcId: vpcId, SubnetGroupStatus: 'Complete' },
    PubliclyAccessible: false,
  }))
}

function clusterOf({ fleet }: Account, { name, region, engine, version, port, status, members = [] }: DatabaseSpec): XmlValue {
  return {
    DBClusterIdentifier: name,
    DBClusterArn: `arn:aws:rds:${region}:${fleet.accountId}:cluster:${name}`,
    Engine: engine,
    EngineVersion: version,
    Status: status,
    Endpoint: databaseAddress({ name, region }, 'cluster-'),
    ReaderEndpoint: databaseAddress({ name, region }, 'cluster-ro-'),
    Port: port,
    DBSubnetGroup: 'private',
    DBClusterMembers: elements(
      'DBClusterMember',
      members.map((member, index) => ({ DBInstanceIdentifier: member, IsClusterWriter: index === 0 })),
    ),
  }
}

/** RDS counts its pages by records, from 20 to 100, and marks where the next one begins. */
function pageOf(rows: readonly XmlValue[], query: Query) {
  const size = Number(query.text('MaxRecords') ?? 100)
  if (!Number.isInteger(size) || size < 20 || size > 100)
    throw new AwsError('InvalidParameterValue', `Invalid value ${size} for MaxRecords. Must be between 20 and 100`)
  const from = Number(query.text('Marker') ?? 0)
  if (!Number.isInteger(from)) throw new AwsError('InvalidParameterValue', 'The request pagination token is invalid.')
  return { page: rows.slice(from, from + size), Marker: from + size < rows.length ? String(from + size) : undefined }
}
