import fc from 'fast-check'
import type { FillLine, FundingLine } from '../lines/input-line.js'
import type { MarketTexts } from './instruments.js'
import { closeMoves, entryMoves, fundingMoves } from './moves.js'
import { writeFeed } from './write-feed.js'

/** Fills with funding payments of both signs between them, in quote and in another asset, also while nothing is open. */
export function fundings(
  market: MarketTexts,
  positionMode: 'HEDGE' | 'ONE_WAY' = 'HEDGE',
): fc.Arbitrary<readonly (FillLine | FundingLine)[]> {
  const move = fc.oneof(entryMoves(), closeMoves({ over: false }), fundingMoves())
  return fc
    .array(move, { minLength: 1, maxLength: 30, size: 'max' })
    .map((moves) => writeFeed(moves, { market, positionMode }))
    .map((lines) => lines.filter((line) => line.type === 'fill' || line.type === 'funding'))
}
