import fc from 'fast-check'
import type { FillLine, PositionLine } from '../lines/input-line.js'
import type { MarketTexts } from './instruments.js'
import { closeMoves, entryMoves, positionMoves } from './moves.js'
import { writeFeed } from './write-feed.js'

/** Fills with reports of the venue's position between them: true ones, and ones that differ from the fills. */
export function positionReports(
  market: MarketTexts,
  positionMode: 'HEDGE' | 'ONE_WAY' = 'HEDGE',
): fc.Arbitrary<readonly (FillLine | PositionLine)[]> {
  const move = fc.oneof(
    { weight: 2, arbitrary: entryMoves() },
    { weight: 1, arbitrary: closeMoves({ over: false }) },
    { weight: 2, arbitrary: positionMoves() },
  )
  return fc
    .array(move, { minLength: 1, maxLength: 30, size: 'max' })
    .map((moves) => writeFeed(moves, { market, positionMode }))
    .map((lines) => lines.filter((line) => line.type === 'fill' || line.type === 'position'))
}
