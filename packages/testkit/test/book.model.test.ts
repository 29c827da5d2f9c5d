import fc from 'fast-check'
import { expect, it } from 'vitest'
import { configs } from '../src/arbitraries/configs.js'
import { reportsAhead } from '../src/arbitraries/disturbances.js'
import { modelInstrumentOf } from '../src/arbitraries/instrument-of.js'
import { histories, type History } from '../src/arbitraries/histories.js'
import { compareBook } from '../src/compare/compare-book.js'
import { toInputLines } from '../src/lines/to-input-lines.js'
import { ReferenceModel } from '../src/model/reference-model.js'
import { lawParameters } from '../src/laws/run-law.js'
import { inVenueOrder, WatchedBook } from './watched-book.js'

/** Plays a history into both, comparing after every input; throws where they part. */
function playBoth({ market, config, inputs }: History): void {
  const model = new ReferenceModel({ config, symbol: market.symbol, instrument: modelInstrumentOf(market) })
  const watched = new WatchedBook(market, config)
  const seen = []
  for (const input of inputs) {
    seen.push(input)
    model.observe(input)
    watched.take(input)
    const differences = compareBook(model.book, watched.book)
    if (differences.length > 0) throw new Error(`${differences.join('\n')}\nafter\n${toInputLines(seen).join('\n')}`)
  }
  expect(compareBook(model.book, watched.book)).toEqual([])
}

const inOrder = (history: History): History => ({ ...history, inputs: inVenueOrder(history.inputs) })

it('agrees with the reference model after every fill, mark and funding payment', () => {
  const config = configs({ fixed: { enableScaledTakeProfit: false } })
  const drawn = histories({ positions: false, commands: false, config }).map(inOrder)
  fc.assert(fc.property(drawn, playBoth), lawParameters())
})

it('agrees with the reference model on scaled take profit and every ladder', () => {
  const config = configs({ fixed: { enableScaledTakeProfit: true } })
  const drawn = histories({ positions: false, commands: false, config }).map(inOrder)
  fc.assert(fc.property(drawn, playBoth), lawParameters())
})

it('agrees with the reference model on position reports', () => {
  const drawn = histories({ commands: false }).map(inOrder)
  fc.assert(fc.property(drawn, playBoth), lawParameters())
})

it('agrees with the reference model on estimates and the fills that prove them', () => {
  const config = configs({ fixed: { driftPolicy: 'ADOPT', driftSettleMs: 0 } })
  const drawn = histories({ commands: false, over: false, config })
    .map(inOrder)
    .chain((history) => reportsAhead(history.inputs).map((inputs) => ({ ...history, inputs })))
  fc.assert(fc.property(drawn, playBoth), lawParameters())
})

it('agrees with the reference model on commands', () => {
  const drawn = histories({ positions: false }).map(inOrder)
  fc.assert(fc.property(drawn, playBoth), lawParameters())
})
