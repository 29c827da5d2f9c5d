/**
 * @typedef {import('./source-files.js').SourceFile} SourceFile
 * @typedef {import('./rules.js').Finding & { path?: string }} PlacedFinding
 */

const THROWN = /(?:\bcode: |\bnew \w*Error\(\s*)'([a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+)'/g
const HEADING = /^#{2,4} `?([a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)+)`?\s*$/
const TEST = /\.(test|test-d|bench)\.ts$/

/**
 * Compares the dotted codes in the sources, written `code: 'x.y.z'` or `new SomeError('x.y.z'`, with the headings of the errors page.
 * @param {readonly SourceFile[]} sources
 * @param {string} page
 * @returns {{ codes: Map<string, { path: string, line: number }>, findings: PlacedFinding[] }}
 */
export const compareErrorCodes = (sources, page) => {
  const codes = thrownCodes(sources)
  const headings = page.split('\n').flatMap((text, index) => {
    const code = HEADING.exec(text)?.[1]
    return code === undefined ? [] : [{ code, line: index + 1 }]
  })
  const known = new Set(headings.map(({ code }) => code))
  return {
    codes,
    findings: [
      ...[...codes]
        .filter(([code]) => !known.has(code))
        .map(([code, place]) => ({
          ...place,
          what: `error code ${code} is not documented`,
          instead: `add a heading «## \`${code}\`» to docs/errors.md: what happened, why, what to do`,
        })),
      ...headings
        .filter(({ code }) => !codes.has(code))
        .map(({ code, line }) => ({
          line,
          what: `error code ${code} is thrown nowhere`,
          instead: 'remove the heading, or correct its spelling',
        })),
      ...headings
        .filter(({ code }, index) => headings.findIndex((heading) => heading.code === code) < index)
        .map(({ code, line }) => ({ line, what: `error code ${code} has two headings`, instead: 'join them' })),
    ],
  }
}

/**
 * @param {readonly SourceFile[]} sources
 * @returns {Map<string, { path: string, line: number }>}
 */
const thrownCodes = (sources) => {
  /** @type {Map<string, { path: string, line: number }>} */
  const codes = new Map()
  for (const { path, text } of sources.filter((file) => !TEST.test(file.path))) {
    for (const match of text.matchAll(THROWN)) {
      const [found, code = ''] = match
      const line = text.slice(0, match.index + found.length).split('\n').length
      if (!codes.has(code)) codes.set(code, { path, line })
    }
  }
  return codes
}
