import { type Node, parseTree } from 'jsonc-parser'
import { placeOf } from './parse-commented-json.js'

const EXPONENT = /[eE]/

/** A number as plain decimals without leading or trailing zeros, so that two spellings of one number are the same text. */
function plain(number: string): string {
  return number.includes('.') ? number.replace(/\.?0+$/, '') : number
}

function findingFor(written: string): string | null {
  if (EXPONENT.test(written)) return `exponents are not accepted, got ${written}; write plain digits`
  return plain(String(Number(written))) === plain(written)
    ? null
    : `a JSON number cannot hold ${written} exactly; write it as text, in quotes`
}

/** Keys of an object that stand there before. */
function repeatedKeys(node: Node): readonly Node[] {
  const keys = node.type === 'object' ? (node.children ?? []).flatMap(({ children }) => children?.[0] ?? []) : []
  return keys.filter(({ value }, index) => keys.findIndex((key) => key.value === value) < index)
}

function findingsAt(node: Node, text: string): readonly string[] {
  const place = ({ offset }: Node): string => placeOf(text, offset)
  const finding = node.type === 'number' ? findingFor(text.slice(node.offset, node.offset + node.length)) : null
  return [
    ...(finding === null ? [] : [`${place(node)}: ${finding}`]),
    ...repeatedKeys(node).map((key) => `${place(key)}: ${JSON.stringify(key.value)} stands here twice; keep one`),
    ...(node.children ?? []).flatMap((child) => findingsAt(child, text)),
  ]
}

/** What parsing a file would change without a word: keys that stand twice, and numbers that it keeps otherwise than written. */
export function unfaithfulIn(text: string): readonly string[] {
  const tree = parseTree(text, [], { allowTrailingComma: true })
  return tree === undefined ? [] : findingsAt(tree, text)
}
