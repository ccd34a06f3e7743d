import { z } from 'zod'
import { hostName, portNumber } from './terminal.ts'

/** Where programs connect to a database of the account: a DB instance of its own, or one of a cluster's two endpoints. */
export const database = z.object({
  /** RDS's DBInstanceIdentifier or DBClusterIdentifier. */
  name: z.string(),
  role: z.enum(['instance', 'writer', 'readers']),
  /** As RDS names it: `postgres`, `aurora-mysql`, `sqlserver-ex`; and its version. */
  engine: z.string(),
  version: z.string(),
  address: hostName,
  port: portNumber,
  /** RDS's word: `available`, `stopped`, `backing-up`. */
  status: z.string(),
})
export type Database = z.infer<typeof database>
