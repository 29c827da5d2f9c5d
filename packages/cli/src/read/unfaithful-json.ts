import { visit } from 'jsonc-parser'

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

/** What parsing a file would change without a word: keys that stand twice, and numbers that it keeps otherwise than written. */
export function unfaithfulIn(text: string): readonly string[] {
  const findings: string[] = []
  const open: Set<string>[] = []
  const tell = (line: number, column: number, finding: string): void => {
    findings.push(`line ${line + 1}, column ${column + 1}: ${finding}`)
  }
  visit(text, {
    onObjectBegin: () => {
      open.push(new Set())
    },
    onObjectEnd: () => {
      open.pop()
    },
    onObjectProperty: (key, _offset, _length, line, column) => {
      if (open.at(-1)?.has(key) === true) tell(line, column, `"${key}" stands here twice; keep one`)
      open.at(-1)?.add(key)
    },
    onLiteralValue: (value: unknown, offset, length, line, column) => {
      const finding = typeof value === 'number' ? findingFor(text.slice(offset, offset + length)) : null
      if (finding !== null) tell(line, column, finding)
    },
  })
  return findings
}
