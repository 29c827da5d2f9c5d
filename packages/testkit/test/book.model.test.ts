import fc from 'fast-check'
import { expect, it } from 'vitest'
import { configs } from '../src/arbitraries/configs.js'
import { modelInstrumentOf } from '../src/arbitraries/instrument-of.js'
import { instruments } from '../src/arbitraries/instruments.js'
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
  for (const input of inVenueOrder(inputs)) {
    seen.push(input)
    model.observe(input)
    watched.take(input)
    const differences = compareBook(model.book, watched.book)
    if (model.book.groups.LONG.unmatched.length + model.book.groups.SHORT.unmatched.length > 0) return
    if (differences.length > 0) throw new Error(`${differences.join('\n')}\nafter\n${toInputLines(seen).join('\n')}`)
  }
  expect(compareBook(model.book, watched.book)).toEqual([])
}

it('agrees with the reference model after every fill, mark and funding payment', () => {
  const config = configs({ fixed: { whenFull: 'BLOCK', enableScaledTakeProfit: false } })
  fc.assert(
    fc.property(histories({ positions: false, commands: false, over: false, config }), playBoth),
    lawParameters(),
  )
})

it('agrees with the reference model on scaled take profit and every ladder', () => {
  const config = configs({ fixed: { whenFull: 'BLOCK', enableScaledTakeProfit: true } })
  const market = instruments().filter(({ stepSize }) => stepSize === '0')
  fc.assert(
    fc.property(histories({ positions: false, commands: false, over: false, config, market }), playBoth),
    lawParameters(),
  )
})

it('agrees with the reference model on position reports', () => {
  const config = configs({ fixed: { whenFull: 'BLOCK', enableScaledTakeProfit: false, entryMode: 'NEW_TRANCHE' } })
  fc.assert(fc.property(histories({ commands: false, over: false, config }), playBoth), lawParameters())
})

it('agrees with the reference model on commands', () => {
  const config = configs({ fixed: { whenFull: 'BLOCK', enableScaledTakeProfit: false, isolationReleasePercent: null } })
  fc.assert(fc.property(histories({ positions: false, over: false, config }), playBoth), lawParameters())
})
