import { describe, expect, it } from 'vitest'
import { csvText } from './csv.js'

describe('comma-separated values', () => {
  it('quote what would break a row, leave the unknown empty and keep figures', () => {
    expect(
      csvText(
        ['a', 'b'],
        [
          ['x,"y"\n', null],
          ['-1.5', 3],
        ],
      ),
    ).toBe('a,b\n"x,""y""\n",\n-1.5,3\n')
  })

  it('hold no formula', () => {
    expect(csvText(['a'], [['=1+1'], ['@x'], ['-cmd'], ['+5']])).toBe("a\n'=1+1\n'@x\n'-cmd\n+5\n")
  })
})
