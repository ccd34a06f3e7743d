import { XMLParser } from 'fast-xml-parser'

/** An element in its place: `children` in their order, `text` what stands directly in it. */
export interface Element {
  readonly name: string
  /** Its `name` attribute. */
  readonly key: string
  readonly text: string
  readonly children: readonly Element[]
}

type Node = Readonly<Record<string, unknown>>

/** Entities of the file's own are not followed. Throws where it is no XML. */
export function readXml(text: string): readonly Element[] {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    processEntities: true,
    ignoreDeclaration: true,
    maxNestedTags: 100,
  })
  if (/<!DOCTYPE/i.test(text)) throw new SyntaxError('a document type is not expected')
  return toElements(parser.parse(text, true))
}

function toElements(nodes: unknown): Element[] {
  return (Array.isArray(nodes) ? (nodes as Node[]) : []).flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ':@' && key !== '#text')
    if (name === undefined) return []
    const inside = node[name]
    const text = (Array.isArray(inside) ? (inside as Node[]) : []).map((child) => child['#text']).filter((part) => part !== undefined)
    return [{ name, key: String((node[':@'] as Node | undefined)?.name ?? ''), text: text.join('').trim(), children: toElements(inside) }]
  })
}

export function child(element: Element, name: string): string {
  return element.children.find((candidate) => candidate.name === name)?.text ?? ''
}
