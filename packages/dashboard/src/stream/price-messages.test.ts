import { AS_TEXT, parseConfig, parsePrice, presentLiveGroup, unknownInstrument } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { longLog } from '../../test/long-log.js'
import { beginFold, foldEvent } from '../fold/book-fold.js'
import { livePointOf, type Looking, lookNow } from '../view/looking.js'
import { PriceWatch } from './price-messages.js'

const { defaults, limits } = parseConfig({})
const START = { config: defaults, closingRules: [] }

/** A book after so many events, at a mark. */
function lookingAt(events: number, price: string, time = 1): Looking {
  const fold = beginFold({ account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' }, START)
  for (const event of longLog(90).slice(0, events)) foldEvent(fold, event, START)
  const mark = { price: parsePrice(price), time }
  const instrument = unknownInstrument('BTCUSDT')
  return lookNow(fold, { limits, instrument, mark, prices: {}, isRunning: true, isHalted: false }, time)
}

describe('what a mark changes', () => {
  it('is told in the same figures as the book tells them, at every mark and after every event', () => {
    const watch = new PriceWatch()
    for (const events of [3, 10, 40, 80, 120])
      for (const price of ['49999.9', '50000', '50123.456789', '12']) {
        const looking = lookingAt(events, price)
        const [message] = watch.changes([looking])
        const records = [...looking.fold.history.open.values()]
        const view = presentLiveGroup(looking.fold.book, livePointOf(looking), {
          side: 'LONG',
          present: AS_TEXT,
          records,
        })
        const told = message?.sides[0]
        expect(told).toMatchObject({
          unrealizedPnl: view.unrealizedPnl,
          pnlPercent: view.pnlPercent,
          totalPnl: view.totalPnl,
        })
        expect(told?.tranches).toEqual(
          view.tranches.map(({ id, unrealizedPnl, pnlPercent }) => ({ id, unrealizedPnl, pnlPercent })),
        )
      }
  })

  it('is told once, and again when the price, its time or the book is another', () => {
    const watch = new PriceWatch()
    expect(watch.changes([lookingAt(10, '50000')])).toHaveLength(1)
    expect(watch.changes([lookingAt(10, '50000')])).toEqual([])
    expect(watch.changes([lookingAt(10, '50000', 2)])).toHaveLength(1)
    expect(watch.changes([lookingAt(11, '50000', 2)])).toHaveLength(1)
    expect(watch.changes([lookingAt(11, '50001', 2)])).toHaveLength(1)
  })

  it('is nothing while no price is known', () => {
    expect(new PriceWatch().changes([{ ...lookingAt(10, '50000'), mark: null }])).toEqual([])
  })
})
