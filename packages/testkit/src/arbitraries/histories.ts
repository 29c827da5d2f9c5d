import fc from 'fast-check'
import type { ConfigFile } from '../lines/config-file.js'
import type { InputLine } from '../lines/input-line.js'
import { configs } from './configs.js'
import { instruments, type MarketTexts } from './instruments.js'
import { closeMoves, commandMoves, entryMoves, fundingMoves, markMoves, positionMoves, type Move } from './moves.js'
import { writeFeed } from './write-feed.js'

/** Everything one book saw, and the configuration it saw it under. */
export interface History {
  readonly market: MarketTexts
  readonly config: ConfigFile
  readonly inputs: readonly InputLine[]
}

/** What a history may contain besides fills and marks. All on by default. */
export interface HistoryOptions {
  readonly maxLength?: number
  readonly positions?: boolean
  readonly commands?: boolean
  readonly over?: boolean
  readonly config?: fc.Arbitrary<ConfigFile>
  readonly market?: fc.Arbitrary<MarketTexts>
}

function moves(options: HistoryOptions): fc.Arbitrary<readonly Move[]> {
  const move = fc.oneof(
    { weight: 5, arbitrary: entryMoves() },
    { weight: 4, arbitrary: closeMoves({ over: options.over ?? true }) },
    { weight: 6, arbitrary: markMoves() },
    { weight: 1, arbitrary: fundingMoves() },
    ...((options.positions ?? true) ? [{ weight: 1, arbitrary: positionMoves() }] : []),
    ...((options.commands ?? true) ? [{ weight: 1, arbitrary: commandMoves() }] : []),
  )
  return fc.array(move, { minLength: 1, maxLength: options.maxLength ?? 40, size: 'max' })
}

/** Whole lives of a book under any configuration, in the venue's order. */
export function histories(options: HistoryOptions = {}): fc.Arbitrary<History> {
  return fc
    .record({
      market: options.market ?? instruments(),
      config: options.config ?? configs(),
      moves: moves(options),
    })
    .map(({ market, config, moves: happened }) => ({
      market,
      config,
      inputs: writeFeed(happened, { market, positionMode: config.positionMode }),
    }))
}
