/** JSON text as nobody has looked at it yet. @throws {SyntaxError} */
export function parseJson(text: string): unknown {
  return JSON.parse(text) as unknown
}

/** Whether a JSON value is an object, not a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const NUMBER_OR_TEXT = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g

/** JSON with every number as the text it was written with, so that no digit of an id or a price is lost. @throws {SyntaxError} */
export function parseLosslessJson(text: string): unknown {
  return parseJson(text.replaceAll(NUMBER_OR_TEXT, (token) => (token.startsWith('"') ? token : `"${token}"`)))
}
