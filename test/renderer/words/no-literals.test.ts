import { readFileSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { parseSync } from 'vite'
import { expect, test } from 'vitest'

/** Attributes whose text a person sees or hears. */
const SPOKEN = ['label', 'title', 'placeholder', 'description', 'alt', 'aria-label', 'message', 'error', 'text']

interface Node {
  readonly type: string
  readonly [key: string]: unknown
}

test('no component says anything in its own words', async () => {
  const found: string[] = []
  for await (const file of glob('renderer/**/*.tsx')) {
    for (const text of spokenLiterals(readFileSync(file, 'utf8'))) found.push(`${file}: ${text}`)
  }
  expect(found).toEqual([])
})

test('finds text between tags and in attributes, and lets everything else be', () => {
  const source = `const a = <p title="Hello" id="x">Some text {t('key')} · <b label={'In braces'}>{count}</b></p>`
  expect(spokenLiterals(source)).toEqual(['Hello', 'Some text', 'In braces'])
})

function spokenLiterals(source: string): readonly string[] {
  const found: string[] = []
  walk(parseSync('component.tsx', source).program as unknown as Node, (node) => {
    if (node.type === 'JSXText') found.push(String(node.value).trim())
    if (node.type === 'JSXAttribute' && SPOKEN.includes(nameOf(node))) found.push(literalOf(node.value as Node | null))
  })
  const isPath = (text: string) => /^~?\/[\w./]+$/.test(text)
  return found.filter((text) => /\p{L}{2,}/u.test(text.replace(/&\w+;/g, '')) && !isPath(text))
}

function nameOf(attribute: Node): string {
  return String((attribute.name as Node).name)
}

function literalOf(value: Node | null): string {
  if (value?.type === 'JSXExpressionContainer') return literalOf(value.expression as Node)
  return value?.type === 'Literal' ? String(value.value) : ''
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node)
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) {
      if (child && typeof child === 'object' && typeof (child as Node).type === 'string') walk(child as Node, visit)
    }
  }
}
