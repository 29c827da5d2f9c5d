import { expect, it } from 'vitest'
import { compareErrorCodes } from './error-codes.js'
import { sourceFile } from './source-files.js'

const source = sourceFile(
  'packages/core/src/money/price.ts',
  "throw new InputError('money.too-many-decimals', 'x')\nconst a = { code: 'money.empty' }\nthrow new InputError(\n  'money.exponent',\n  'x',\n)\nconst b = { code: 'maxTranchesReached' }\n",
)
const page = '# Errors\n\n## `money.too-many-decimals`\n\n### money.empty\n\n## `money.exponent`\n'

it('is content when sources and page agree', () => {
  const { codes, findings } = compareErrorCodes([source], page)
  expect([...codes]).toEqual([
    ['money.too-many-decimals', { path: 'packages/core/src/money/price.ts', line: 1 }],
    ['money.empty', { path: 'packages/core/src/money/price.ts', line: 2 }],
    ['money.exponent', { path: 'packages/core/src/money/price.ts', line: 4 }],
  ])
  expect(findings).toEqual([])
})

it('names a code without a heading, a heading without a code and a double heading', () => {
  const changed = page.replace('### money.empty', '## `money.emptied`') + '\n## `money.exponent`\n'
  const { findings } = compareErrorCodes([source], changed)
  expect(findings.map(({ path, line, what }) => `${path ?? 'page'}:${line} ${what}`)).toEqual([
    'packages/core/src/money/price.ts:2 error code money.empty is not documented',
    'page:5 error code money.emptied is thrown nowhere',
    'page:9 error code money.exponent has two headings',
  ])
})

it('does not count codes in tests', () => {
  const test = sourceFile(
    'packages/core/src/money/price.test.ts',
    "expect(error.code).toBe({ code: 'money.invented' })",
  )
  expect(compareErrorCodes([test], '# Errors\n')).toEqual({ codes: new Map(), findings: [] })
})
