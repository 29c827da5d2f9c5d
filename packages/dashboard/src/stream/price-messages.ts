import { AS_TEXT, formatPrice, presentLiveGroup, type Price } from '@tranchebook/core'
import type { PriceMessage, SidePrice } from '../api/stream-message.js'
import { livePointOf, type Looking } from '../view/looking.js'
import { sumKnown } from '../view/sum-amounts.js'
import { usedSides } from '../view/used-sides.js'

function sidesOf(looking: Looking): readonly SidePrice[] {
  const { fold } = looking
  return usedSides(fold).map((side) => {
    const records = [...fold.history.open.values()].filter((record) => record.side === side)
    const view = presentLiveGroup(fold.book, livePointOf(looking), { side, present: AS_TEXT, records })
    const { unrealizedPnl, pnlPercent, totalPnl, tranches } = view
    return {
      side,
      unrealizedPnl,
      pnlPercent,
      totalPnl,
      tranches: tranches.map((tranche) => ({
        id: tranche.id,
        unrealizedPnl: tranche.unrealizedPnl,
        pnlPercent: tranche.pnlPercent,
      })),
    }
  })
}

function messageOf(looking: Looking, mark: Price): PriceMessage {
  const { book } = looking.fold
  const sides = sidesOf(looking)
  return {
    account: book.account,
    symbol: book.symbol,
    version: book.version,
    mark: formatPrice(mark),
    markTime: looking.markTime ?? 0,
    unrealizedPnl: sumKnown(sides.map(({ unrealizedPnl }) => unrealizedPnl)),
    sides,
  }
}

/** Tells what a mark changed, book by book, when it is another one than last time. */
export class PriceWatch {
  private readonly told = new Map<string, string>()

  /** Messages of the books whose mark or version moved since the last call. */
  changes(lookings: readonly Looking[]): readonly PriceMessage[] {
    return lookings.flatMap((looking) => {
      const { mark, markTime, fold } = looking
      if (mark === null) return []
      const { account, symbol, version } = fold.book
      const saying = `${mark}/${markTime ?? 0}/${version}`
      if (this.told.get(`${account}/${symbol}`) === saying) return []
      this.told.set(`${account}/${symbol}`, saying)
      return [messageOf(looking, mark)]
    })
  }
}
