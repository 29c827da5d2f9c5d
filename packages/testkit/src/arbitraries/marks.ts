import fc from 'fast-check'
import type { MarkLine } from '../lines/input-line.js'
import type { MarketTexts } from './instruments.js'
import { markMoves } from './moves.js'
import { writeFeed } from './write-feed.js'

/** Walks of the mark price from the market's start price: steps of ticks, exact bounds of the rules, gaps over several levels. */
export function marks(market: MarketTexts, maxLength = 30): fc.Arbitrary<readonly MarkLine[]> {
  return fc
    .array(markMoves(), { minLength: 1, maxLength, size: 'max' })
    .map((moves) => writeFeed(moves, { market, positionMode: 'HEDGE' }).filter((line) => line.type === 'mark'))
}
