const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
const MAYBE_LONG_NUMBER = /(?:^|[:[,\s])-?[\d.]{16}/
/** As numbers stand in objects and lists; inside a text it may find something that only looks like one. */
const LONG_NUMBER = /(?<=[:[,\s])-?\d[\d.]{15,}(?:[eE][+-]?\d+)?(?=[\s,\]}])/g
const SAFE_DIGITS = 15

function isLong(number: string): boolean {
  return number.replace(/[eE].*$/, '').replace(/[-.]/g, '').length > SAFE_DIGITS
}

function quoted(token: string): string {
  return isLong(token) ? `"${token}"` : token
}

/** Looks at every token: nothing inside a text is taken for a number. */
function parseTokens(text: string): unknown {
  return JSON.parse(text.replace(STRING_OR_NUMBER, (token) => (token.charCodeAt(0) === 34 ? token : quoted(token))))
}

/**
 * Parses JSON without losing a digit: numbers of 16 digits and more become text (`8389765739703625592` would otherwise end in
 * `…6000`), shorter ones numbers.
 *
 * @throws {SyntaxError} when the text is no JSON.
 */
export function parseLossless(text: string): unknown {
  if (!MAYBE_LONG_NUMBER.test(text)) return JSON.parse(text)
  try {
    // A quote set inside a text ends it before a digit, which is never JSON: such a text is parsed token by token.
    const value: unknown = JSON.parse(text.replace(LONG_NUMBER, quoted))
    return typeof value === 'number' ? parseTokens(text) : value
  } catch {
    return parseTokens(text)
  }
}
