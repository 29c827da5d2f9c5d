import { expect, it } from 'vitest'
import { foldText } from './fold-text.js'

it.each([
  ['short', 20, 2, ['short']],
  ['isolated, waits for breakeven', 16, 2, ['isolated, waits', 'for breakeven']],
  ['isolated, waits for breakeven and more', 16, 2, ['isolated, waits', 'for breakeven a…']],
  ['TP1 40 % hit', 8, 1, ['TP1 40…']],
  ['unbreakableword', 6, 2, ['unbre…']],
  ['', 6, 2, []],
])('folds «%s» to %d letters on %d lines', (text, letters, lines, folded) => {
  expect(foldText(text, letters, lines)).toEqual(folded)
})
