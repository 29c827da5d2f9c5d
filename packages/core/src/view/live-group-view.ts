import { positionSideOf, type TrancheBook } from '../book/book.js'
import type { Side } from '../book/tranche.js'
import type { SymbolConfig } from '../config/symbol-config.js'
import type { Instrument } from '../instrument/instrument.js'
import type { Decimal } from '../money/decimal.js'
import type { Price } from '../money/price.js'
import { positionPhase, type PositionPhase } from '../policy/position-phase.js'
import { coverage } from '../protection/coverage.js'
import type { GroupView } from './group-view.js'
import { presentGroup } from './present-group.js'
import { AS_DECIMAL, type Presentation } from './presentation.js'
import type { TrancheRecord } from './tranche-record.js'

/** A group as it stands now: its figures, its phase, and whether it is protected. */
export interface LiveGroupView<Figure = Decimal> extends GroupView<Figure> {
  readonly account: string
  readonly symbol: string
  readonly phase: PositionPhase
  /** Whether stops that rest at the venue cover all that should be covered. */
  readonly protected: boolean
  /** Whose quantity is not covered, though it should be. */
  readonly uncovered: readonly { readonly tranche: string; readonly quantity: Figure }[]
  /** Since when the book as a whole is not, epoch ms; `null` = it is. */
  readonly unprotectedSince: number | null
  /** What the venue last said it holds; `null` = never asked. Signed in one-way mode. */
  readonly venue: { readonly quantity: Figure; readonly entryPrice: Figure | null; readonly time: number } | null
}

/** What a live view is looked at with. */
export interface LivePoint {
  readonly config: SymbolConfig
  readonly instrument: Instrument
  /** `null` = unknown: unrealized and all that follows from it are `null`. */
  readonly mark: Price | null
  /** Quote per unit of other assets that fees are paid in. */
  readonly prices: Readonly<Record<string, Price>>
  /** Epoch ms. */
  readonly now: number
}

/** What is presented, and how. */
export interface LiveRequest<Figure> {
  readonly side: Side
  readonly present: Presentation<Figure>
  /** Tranches to list, closed ones among them; `null` = those that are open. */
  readonly records: readonly TrancheRecord[] | null
}

/** A live group, presented. */
export function presentLiveGroup<Figure>(
  book: TrancheBook,
  at: LivePoint,
  request: LiveRequest<Figure>,
): LiveGroupView<Figure> {
  const { side, present } = request
  const { config, instrument, mark, prices, now } = at
  const viewPoint = { mark, prices, quoteAsset: instrument.quoteAsset, takerFeePercent: config.takerFeePercent }
  const cover = coverage(book, side, at)
  const check = book.checks[positionSideOf(book, side)]
  return {
    account: book.account,
    symbol: book.symbol,
    ...presentGroup(book, viewPoint, request),
    phase: positionPhase(book, { side, now, config }),
    protected: cover.protected,
    uncovered: cover.uncovered.map(({ tranche, quantity }) => ({ tranche, quantity: present.quantity(quantity) })),
    unprotectedSince: book.unprotectedSince,
    venue:
      check === null
        ? null
        : {
            quantity: present.quantity(check.quantity),
            entryPrice: check.entryPrice === null ? null : present.price(check.entryPrice),
            time: check.time,
          },
  }
}

/** A group and its open tranches at a mark, as `Decimal`. */
export function viewGroup(book: TrancheBook, side: Side, at: LivePoint): LiveGroupView {
  return presentLiveGroup(book, at, { side, present: AS_DECIMAL, records: null })
}
