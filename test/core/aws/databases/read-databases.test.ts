import { expect, test } from 'vitest'
import { readDatabases } from '../../../../core/aws/databases/read-databases.ts'

const here = { DBSubnetGroup: { VpcId: 'vpc-1' } }
const orders = { ...here, DBInstanceIdentifier: 'orders', Engine: 'postgres', Endpoint: { Address: 'orders.example', Port: 5432 } }

test('an instance that is only being made, one elsewhere, and an address that is none are left out', () => {
  const instances = [
    orders,
    { ...here, DBInstanceIdentifier: 'being-made' },
    { ...orders, DBInstanceIdentifier: 'elsewhere', DBSubnetGroup: { VpcId: 'vpc-2' } },
    { ...orders, DBInstanceIdentifier: 'classic', DBSubnetGroup: {} },
    { ...orders, DBInstanceIdentifier: 'bad', Endpoint: { Address: 'user@evil/', Port: 5432 } },
    { ...orders, DBInstanceIdentifier: 'worse', Endpoint: { Address: 'fine.example', Port: 0 } },
  ]
  expect(readDatabases('vpc-1', instances, []).map(({ name }) => name)).toEqual(['orders'])
  expect(readDatabases('', [{ ...orders, DBSubnetGroup: {} }], [])).toEqual([])
})

test('a cluster is where its instances are, and one without readers has one endpoint', () => {
  const member = { ...orders, DBInstanceIdentifier: 'shop-1', DBClusterIdentifier: 'shop' }
  const clusters = [
    {
      DBClusterIdentifier: 'shop',
      Engine: 'aurora-postgresql',
      EngineVersion: '16.4',
      Endpoint: 'w.example',
      Port: 5432,
      Status: 'available',
    },
    { DBClusterIdentifier: 'other', Endpoint: 'o.example', ReaderEndpoint: 'r.example', Port: 5432 },
  ]
  expect(readDatabases('vpc-1', [member], clusters)).toEqual([
    { name: 'shop', role: 'writer', engine: 'aurora-postgresql', version: '16.4', address: 'w.example', port: 5432, status: 'available' },
  ])
})

test('names that RDS would not give are made fit for one line', () => {
  expect(readDatabases('vpc-1', [{ ...orders, DBInstanceIdentifier: 'a\n\u202eb' }], [])[0]?.name).toBe('a b')
})
