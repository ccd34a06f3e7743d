import { XMLBuilder } from 'fast-xml-parser'

/** An array becomes EC2's list of `item` elements, a Date ISO 8601, `undefined` nothing. */
export type XmlValue = string | number | boolean | Date | undefined | readonly XmlValue[] | Elements | { readonly [name: string]: XmlValue }

/** A list whose elements have a name of their own, as RDS's. */
export function elements(name: string, items: readonly XmlValue[]): Elements {
  return new Elements(name, items)
}

class Elements {
  readonly name: string
  readonly items: readonly XmlValue[]

  constructor(name: string, items: readonly XmlValue[]) {
    this.name = name
    this.items = items
  }
}

const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true })

export function toXml(root: string, body: { readonly [name: string]: XmlValue }, namespace?: string): string {
  const attributes = namespace ? { '@_xmlns': namespace } : {}
  const plain = toPlain(body) as object
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ [root]: { ...attributes, ...plain } })}`
}

function toPlain(value: XmlValue): unknown {
  if (value instanceof Date) return value.toISOString()
  if (value instanceof Elements) return { [value.name]: value.items.map(toPlain) }
  if (Array.isArray(value)) return { item: value.map(toPlain) }
  if (typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(entries.map(([name, inner]) => [name, toPlain(inner)]))
}
