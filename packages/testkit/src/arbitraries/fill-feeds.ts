import fc from 'fast-check'
import type { FillLine } from '../lines/input-line.js'
import { instruments, type MarketTexts } from './instruments.js'
import { closeMoves, entryMoves } from './moves.js'
import { writeFeed } from './write-feed.js'

/** What a feed of fills may contain. */
export interface FillFeedOptions {
  readonly market?: MarketTexts
  readonly positionMode?: 'HEDGE' | 'ONE_WAY'
  readonly maxLength?: number
  /** Closes of more than is open: flips in one-way mode, conflicts in hedge mode. On by default. */
  readonly over?: boolean
}

/**
 * Feeds of fills in the venue's order: entries, further parts of one order, closes of every size and cause, fees in quote, in
 * another asset, as a rebate, zero or unknown; equal times and equal prices are frequent.
 */
export function fillFeeds(options: FillFeedOptions = {}): fc.Arbitrary<readonly FillLine[]> {
  const move = fc.oneof(
    { weight: 3, arbitrary: entryMoves() },
    { weight: 2, arbitrary: closeMoves({ over: options.over ?? true }) },
  )
  return fc
    .record({
      market: options.market === undefined ? instruments() : fc.constant(options.market),
      positionMode: fc.constantFrom(
        ...(options.positionMode === undefined ? (['HEDGE', 'ONE_WAY'] as const) : [options.positionMode]),
      ),
      moves: fc.array(move, { minLength: 1, maxLength: options.maxLength ?? 30, size: 'max' }),
    })
    .map(({ moves, ...setup }) => writeFeed(moves, setup).filter((line) => line.type === 'fill'))
}
