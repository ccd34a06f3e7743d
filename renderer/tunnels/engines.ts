import type { Database } from '../../contract/models/database.ts'

/** RDS's names of its engines begin with these; what is behind them is an edition. */
const NAMES: readonly (readonly [start: string, name: string])[] = [
  ['aurora-postgresql', 'Aurora PostgreSQL'],
  ['aurora', 'Aurora MySQL'],
  ['postgres', 'PostgreSQL'],
  ['mysql', 'MySQL'],
  ['mariadb', 'MariaDB'],
  ['oracle', 'Oracle'],
  ['custom-oracle', 'Oracle'],
  ['sqlserver', 'SQL Server'],
  ['custom-sqlserver', 'SQL Server'],
  ['db2', 'Db2'],
  ['docdb', 'DocumentDB'],
  ['neptune', 'Neptune'],
]

/** As its makers write it, with the version that matters: `PostgreSQL 16.4`, `Aurora MySQL 8.0`. */
export function engineName({ engine, version }: Pick<Database, 'engine' | 'version'>): string {
  const name = NAMES.find(([start]) => engine.startsWith(start))?.[1] ?? engine
  return [name, /^\d+(\.\d+)?/.exec(version)?.[0]].filter(Boolean).join(' ')
}
