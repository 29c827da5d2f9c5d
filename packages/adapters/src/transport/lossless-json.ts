const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g
const MAYBE_LONG_NUMBER = /(?:^|[:[,\s])-?[\d.]{16}/
const SAFE_DIGITS = 15

function isLong(number: string): boolean {
  return number.replace(/[eE].*$/, '').replace(/[-.]/g, '').length > SAFE_DIGITS
}

/**
 * Parses JSON without losing a digit: numbers of 16 digits and more become text (`8389765739703625592` would otherwise end in
 * `…6000`), shorter ones numbers.
 *
 * @throws {SyntaxError} when the text is no JSON.
 */
export function parseLossless(text: string): unknown {
  if (!MAYBE_LONG_NUMBER.test(text)) return JSON.parse(text)
  const quoted = text.replace(STRING_OR_NUMBER, (token) =>
    token.charCodeAt(0) !== 34 && isLong(token) ? `"${token}"` : token,
  )
  return JSON.parse(quoted)
}
