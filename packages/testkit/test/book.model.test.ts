import { formatQuantity } from '@tranchebook/core'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { configs } from '../src/arbitraries/configs.js'
import { reportsAhead, shuffledFar } from '../src/arbitraries/disturbances.js'
import { fillFeeds } from '../src/arbitraries/fill-feeds.js'
import { modelInstrumentOf } from '../src/arbitraries/instrument-of.js'
import { histories, type History } from '../src/arbitraries/histories.js'
import { instruments } from '../src/arbitraries/instruments.js'
import { compareBook } from '../src/compare/compare-book.js'
import { parseRatio, toText, total } from '../src/exact/ratio.js'
import { checkHistories } from '../src/laws/check-histories.js'
import { ReferenceModel } from '../src/model/reference-model.js'
import { openQuantity } from '../src/model/profit.js'
import { isSame, resultsAt } from './results.js'
import { runLines } from './run-lines.js'
import { inVenueOrder, WatchedBook } from './watched-book.js'

function modelOf({ market, config }: History): ReferenceModel {
  return new ReferenceModel({ config, symbol: market.symbol, instrument: modelInstrumentOf(market) })
}

/** Plays a history into both, comparing after every input. */
function playBoth(history: History): void {
  const model = modelOf(history)
  const watched = new WatchedBook(history.market, history.config)
  for (const [index, input] of history.inputs.entries()) {
    model.observe(input)
    watched.take(input)
    const differences = compareBook(model.book, watched.book)
    if (differences.length > 0) throw new Error(`after input ${index + 1}:\n${differences.join('\n')}`)
  }
}

const inOrder = (history: History): History => ({ ...history, inputs: inVenueOrder(history.inputs) })

it('agrees with the reference model after every fill, mark and funding payment', () => {
  const config = configs({ fixed: { enableScaledTakeProfit: false } })
  const lives = histories({ positions: false, commands: false, config }).map(inOrder)
  checkHistories(lives, playBoth, { name: 'model-fills' })
})

it('agrees with the reference model on scaled take profit and every ladder', () => {
  const config = configs({ fixed: { enableScaledTakeProfit: true } })
  const lives = histories({ positions: false, commands: false, config }).map(inOrder)
  checkHistories(lives, playBoth, { name: 'model-levels' })
})

it('agrees with the reference model on position reports', () => {
  checkHistories(histories({ commands: false }).map(inOrder), playBoth, { name: 'model-positions' })
})

it('agrees with the reference model on estimates and the fills that prove them', () => {
  const config = configs({ fixed: { driftPolicy: 'ADOPT', driftSettleMs: 0 } })
  const lives = histories({ commands: false, over: false, config })
    .map(inOrder)
    .chain((history) => reportsAhead(history.inputs).map((inputs) => ({ ...history, inputs })))
  checkHistories(lives, playBoth, { name: 'model-estimates' })
})

it('agrees with the reference model on commands', () => {
  checkHistories(histories({ positions: false }).map(inOrder), playBoth, { name: 'model-commands' })
})

/** Feeds with closes of more than is open, and the same feeds with fills that come long after younger ones. */
const lateFeeds = fc
  .record({ market: instruments(), config: configs() })
  .chain(({ market, config }) =>
    fillFeeds({ market, positionMode: config.positionMode }).chain((feed) =>
      shuffledFar(feed).map((inputs) => ({ market, config, inputs, inOrder: feed })),
    ),
  )

it('agrees with the reference model that was told in order, whatever comes late', () => {
  checkHistories(
    lateFeeds,
    (life) => {
      const model = modelOf(life)
      for (const line of life.inOrder) model.observe(line)
      const { book } = runLines(life.inputs, { config: life.config, market: life.market })
      const unmatchedIn = (side: 'LONG' | 'SHORT'): string =>
        toText(total(model.book.groups[side].unmatched.map(({ quantity }) => quantity)))
      for (const side of ['LONG', 'SHORT'] as const) {
        const { quantity, unmatched } = book.groups[side]
        const waiting = unmatched.map((close) => parseRatio(formatQuantity(close.quantity)))
        expect(`${side} ${formatQuantity(quantity)}`).toBe(`${side} ${toText(openQuantity(model.book.groups[side]))}`)
        expect(`${side} unmatched ${toText(total(waiting))}`).toBe(`${side} unmatched ${unmatchedIn(side)}`)
      }
      for (const price of ['0.000000000001', '50000', '1000000000']) {
        expect(isSame(resultsAt(book, price).whole, model.resultsAt(price).whole)).toBe(true)
      }
    },
    { name: 'model-late' },
  )
})
