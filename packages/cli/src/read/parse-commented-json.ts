import { parse, type ParseError, printParseErrorCode } from 'jsonc-parser'

/** Where in a text an offset is, for people. */
export function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n')
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
}

/** JSON in which people may write comments and trailing commas. @throws {SyntaxError} that names the first place which is neither */
export function parseCommentedJson(text: string): unknown {
  const errors: ParseError[] = []
  const value: unknown = parse(text, errors, { allowTrailingComma: true })
  const [first] = errors
  if (first === undefined) return value
  throw new SyntaxError(`${printParseErrorCode(first.error)} at ${placeOf(text, first.offset)}`)
}
