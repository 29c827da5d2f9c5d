import { parseConfig, parseInput, type RanBook, runInputs } from '@tranchebook/core'
import { instrumentOf } from '../src/arbitraries/instrument-of.js'
import type { MarketTexts } from '../src/arbitraries/instruments.js'
import type { ConfigFile } from '../src/lines/config-file.js'
import type { InputLine } from '../src/lines/input-line.js'

/** How lines are run. */
export interface RunSetup {
  readonly config: ConfigFile
  /** Nothing is known of the symbol's filters where it is absent. */
  readonly market?: MarketTexts
}

/** Runs the lines of one book through the reorder window, as a replay does. */
export function runLines(lines: readonly InputLine[], { config: file, market }: RunSetup): RanBook {
  const config = parseConfig(file)
  const inputs = lines.map((line, index) =>
    parseInput(line, { account: config.account, positionMode: file.positionMode, sequence: index + 1 }),
  )
  const instruments = new Map(market === undefined ? [] : [[market.symbol, instrumentOf(market)]])
  const { positionMode } = file
  const { books } = runInputs(inputs, {
    config,
    positionMode,
    instruments,
    closingRules: new Map(),
    sending: 'observe',
  })
  const [book] = books
  if (book === undefined) throw new Error('expected lines of one book, got none')
  return book
}
