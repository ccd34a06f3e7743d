import { XMLBuilder } from 'fast-xml-parser'

/** An array becomes EC2's list of `item` elements, a Date ISO 8601, `undefined` nothing. */
export type XmlValue = string | number | boolean | Date | undefined | readonly XmlValue[] | { readonly [name: string]: XmlValue }

const builder = new XMLBuilder({ ignoreAttributes: false, suppressEmptyNode: true })

export function toXml(root: string, body: { readonly [name: string]: XmlValue }, namespace?: string): string {
  const attributes = namespace ? { '@_xmlns': namespace } : {}
  const plain = toPlain(body) as object
  return `<?xml version="1.0" encoding="UTF-8"?>\n${builder.build({ [root]: { ...attributes, ...plain } })}`
}

function toPlain(value: XmlValue): unknown {
  if (value instanceof Date) return value.toISOString()
  if (Array.isArray(value)) return { item: value.map(toPlain) }
  if (typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(entries.map(([name, inner]) => [name, toPlain(inner)]))
}
