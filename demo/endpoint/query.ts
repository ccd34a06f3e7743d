import { AwsError } from './aws-error.ts'

/** The parameters of a call in the Query protocol: `InstanceId.1=…&Filter.1.Name=…&Filter.1.Value.1=…`. */
export interface Query {
  text(name: string): string | undefined
  flag(name: string): boolean
  list(name: string): readonly string[]
  filters(): readonly Filter[]
  /** A list of structures, each as a query of its own: `IpPermissions.1.IpProtocol=…`. */
  structures(name: string): readonly Query[]
}
export interface Filter {
  readonly name: string
  readonly values: readonly string[]
}

export function parseQuery(body: string): Query {
  return toQuery(new URLSearchParams(body))
}

function toQuery(parameters: URLSearchParams): Query {
  function list(name: string): string[] {
    const found: string[] = []
    for (let index = 1; ; index++) {
      const value = parameters.get(`${name}.${index}`)
      if (value === null) return found
      found.push(value)
    }
  }
  return {
    text: (name) => parameters.get(name) ?? undefined,
    flag: (name) => parameters.get(name) === 'true',
    list,
    filters: () => {
      const found: Filter[] = []
      for (let index = 1; parameters.has(`Filter.${index}.Name`); index++) {
        found.push({ name: parameters.get(`Filter.${index}.Name`) ?? '', values: list(`Filter.${index}.Value`) })
      }
      return found
    },
    structures: (name) => {
      const found: Query[] = []
      for (let index = 1; ; index++) {
        const prefix = `${name}.${index}.`
        const inner = [...parameters].filter(([key]) => key.startsWith(prefix))
        if (inner.length === 0) return found
        found.push(toQuery(new URLSearchParams(inner.map(([key, value]): [string, string] => [key.slice(prefix.length), value]))))
      }
    },
  }
}

/** What a row answers to each filter, by its name; `tag:<key>` and `tag-key` come from `tags`. */
export interface Filterable<Row> {
  readonly fields: Readonly<Record<string, (row: Row) => string | readonly string[] | undefined>>
  readonly tags?: (row: Row) => Readonly<Record<string, string>>
}

/** Rows that match every filter; within a filter any value, `*` and `?` as EC2 knows them. An unknown filter is an error, as there. */
export function applyFilters<Row>(rows: readonly Row[], filters: readonly Filter[], how: Filterable<Row>): readonly Row[] {
  return filters.reduce<readonly Row[]>((left, filter) => {
    const patterns = filter.values.map(toPattern)
    const values = valuesOf(filter.name, how)
    return left.filter((row) => values(row).some((value) => patterns.some((pattern) => pattern.test(value))))
  }, rows)
}

function valuesOf<Row>(name: string, { fields, tags }: Filterable<Row>): (row: Row) => readonly string[] {
  if (tags && name === 'tag-key') return (row) => Object.keys(tags(row))
  if (tags && name.startsWith('tag:')) {
    const key = name.slice('tag:'.length)
    return (row) => (Object.hasOwn(tags(row), key) ? [tags(row)[key] ?? ''] : [])
  }
  const field = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (!field) throw new AwsError('InvalidParameterValue', `The filter '${name}' is invalid`)
  return (row) => {
    const value = field(row)
    return value === undefined ? [] : [value].flat()
  }
}

function toPattern(value: string): RegExp {
  const source = value
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`, 's')
}

/** EC2 pages by itself beyond this. */
const PAGE_LIMIT = 1_000

/** One page of `rows`; `nextToken` is opaque to the caller, as EC2's. */
export function pageOf<Row>(rows: readonly Row[], query: Query): { readonly page: readonly Row[]; readonly nextToken: string | undefined } {
  const asked = query.text('MaxResults')
  const size = asked === undefined ? PAGE_LIMIT : Number(asked)
  if (!Number.isInteger(size) || size < 5 || size > PAGE_LIMIT) {
    throw new AwsError(
      'InvalidParameterValue',
      `Value ( ${asked} ) for parameter maxResults is invalid. Expecting a value between 5 and 1000.`,
    )
  }
  const from = offsetOf(query.text('NextToken'))
  const nextToken = from + size < rows.length ? Buffer.from(`page:${from + size}`).toString('base64url') : undefined
  return { page: rows.slice(from, from + size), nextToken }
}

function offsetOf(token: string | undefined): number {
  if (token === undefined) return 0
  const match = /^page:(\d+)$/.exec(Buffer.from(token, 'base64url').toString())
  if (!match) throw new AwsError('InvalidNextToken', 'The specified NextToken is not valid.')
  return Number(match[1])
}
