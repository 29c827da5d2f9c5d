import { describe, expect, it } from 'vitest'
import { unfaithfulIn } from './unfaithful-json.js'

describe('what parsing a file would change without a word', () => {
  it.each([
    ['{"tpPercent":1e2}', 'line 1, column 14: exponents are not accepted, got 1e2; write plain digits'],
    ['{"maxTranches":1E1}', 'line 1, column 16: exponents are not accepted, got 1E1; write plain digits'],
    ['{\n  "tpPercent": 1,\n  "tpPercent": 9\n}', 'line 3, column 3: "tpPercent" stands here twice; keep one'],
    [
      '{"a":0.1234567890123456789}',
      'line 1, column 6: a JSON number cannot hold 0.1234567890123456789 exactly; write it as text, in quotes',
    ],
    [
      '[9007199254740993]',
      'line 1, column 2: a JSON number cannot hold 9007199254740993 exactly; write it as text, in quotes',
    ],
  ])('%s', (text, finding) => {
    expect(unfaithfulIn(text)).toEqual([finding])
  })

  it.each([
    '{"a":{"b":1},"c":{"b":2},"d":[{"b":1},{"b":2}]}',
    '{"a":[0,-0.5,1.50,100,5.0,0.000001,1000000],"b":"1e2","c":null}',
    '// 1e2\n{ "a": 1, /* "a": 2 */ }',
  ])('is nothing in %s', (text) => {
    expect(unfaithfulIn(text)).toEqual([])
  })
})
