import {
  AS_TEXT,
  asMoney,
  type DecimalText,
  formatMoney,
  formatPercent,
  formatPrice,
  type Holding,
  type Money,
  parseMoney,
  pnlAt,
  pnlPercentAt,
  presentLiveGroup,
  type Price,
  type Side,
} from '@tranchebook/core'
import type { PriceMessage, SidePrice } from '../api/stream-message.js'
import { livePointOf, type Looking } from '../view/looking.js'
import { sumKnown } from '../view/sum-amounts.js'
import { usedSides } from '../view/used-sides.js'

/** What of a side does not move with the mark; `net` is realized − fees + funding, `null` = unknown. */
interface StillSide {
  readonly side: Side
  readonly net: Money | null
}

interface Told {
  readonly mark: Price
  readonly markTime: number | null
  readonly version: number
  readonly sides: readonly StillSide[]
}

function stillSides(looking: Looking): readonly StillSide[] {
  return usedSides(looking.fold).map((side) => {
    const { netPnl } = presentLiveGroup(looking.fold.book, livePointOf(looking), {
      side,
      present: AS_TEXT,
      records: [],
    })
    return { side, net: netPnl === null ? null : parseMoney(netPnl) }
  })
}

function percentOf(holding: Holding, mark: Price): DecimalText | null {
  return holding.cost === 0n ? null : formatPercent(pnlPercentAt(holding, mark))
}

/** What a mark changes of a side: the same figures as its views, and nothing of the rest. */
function sideAt({ fold }: Looking, { side, net }: StillSide, mark: Price): SidePrice {
  const group = fold.book.groups[side]
  const unrealized = pnlAt(group, mark)
  return {
    side,
    unrealizedPnl: formatMoney(unrealized),
    pnlPercent: percentOf(group, mark),
    totalPnl: net === null ? null : formatMoney(asMoney(net + unrealized)),
    tranches: group.tranches.map((tranche) => ({
      id: tranche.id,
      unrealizedPnl: formatMoney(pnlAt(tranche, mark)),
      pnlPercent: percentOf(tranche, mark),
    })),
  }
}

function messageOf(looking: Looking, { mark, markTime, version, sides }: Told): PriceMessage {
  const { account, symbol } = looking.fold.book
  const moved = sides.map((side) => sideAt(looking, side, mark))
  return {
    account,
    symbol,
    version,
    mark: formatPrice(mark),
    markTime: markTime ?? 0,
    unrealizedPnl: sumKnown(moved.map(({ unrealizedPnl }) => unrealizedPnl)),
    sides: moved,
  }
}

/** Tells what a mark changed, book by book, when it is another one than last time. */
export class PriceWatch {
  private readonly told = new Map<string, Told>()

  /** Messages of the books whose mark or version moved since the last call. */
  changes(lookings: readonly Looking[]): readonly PriceMessage[] {
    return lookings.flatMap((looking) => {
      const { mark, markTime, fold } = looking
      if (mark === null) return []
      const { account, symbol, version } = fold.book
      const key = `${account}/${symbol}`
      const last = this.told.get(key)
      if (last?.mark === mark && last.markTime === markTime && last.version === version) return []
      const sides = last?.version === version ? last.sides : stillSides(looking)
      const told = { mark, markTime, version, sides }
      this.told.set(key, told)
      return [messageOf(looking, told)]
    })
  }
}
