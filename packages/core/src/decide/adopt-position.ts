import type { Because } from '../book/because.js'
import type { PositionSide } from '../book/order.js'
import type { Side, Tranche } from '../book/tranche.js'
import { absolute, minus } from '../money/arithmetic.js'
import { formatPrice, type Price } from '../money/price.js'
import { formatQuantity, type Quantity } from '../money/quantity.js'
import type { PositionInput } from '../observe/inputs.js'
import { heldOn, recoveredPrice, surplusOf } from '../policy/reconcile.js'
import { splitClosing } from './close-lots.js'
import type { Decision } from './decision.js'
import { openTranche } from './open-tranche.js'
import { reduceTranche } from './reduce-tranche.js'

/** What a venue says of a position, as far as it is taken over. */
export type HeldPosition = Pick<PositionInput, 'positionSide' | 'quantity' | 'entryPrice' | 'markPrice'>

/** A figure that is taken over, and the command that asked for it; without one the drift policy did. */
interface Adoption {
  readonly held: HeldPosition
  readonly asked: Because | null
  readonly mark: Price
}

/** Books what the venue holds beyond our tranches as a recovered one. */
function recover(decision: Decision, { held, asked, mark }: Adoption, entryPrice: Price): void {
  const { positionSide } = held
  const side = sideOf(positionSide, held.quantity)
  const ours = heldOn(decision.book, positionSide, side)
  const venue = { quantity: absolute(held.quantity), entryPrice }
  const { price, isEstimated } = recoveredPrice(ours, venue, mark)
  const quantity = minus(venue.quantity, ours.quantity)
  openTranche(
    decision,
    {
      side,
      quantity,
      price,
      fee: null,
      feeAsset: null,
      tradeId: null,
      orderId: null,
      order: null,
      tranche: null,
      origin: 'recovered',
      evidence: isEstimated ? 'estimate' : 'position',
      priceEstimated: isEstimated,
    },
    {
      rule: asked?.rule ?? 'drift.recover',
      ...(asked === null ? { configured: { driftPolicy: decision.context.config.driftPolicy } } : {}),
      observed: {
        ...asked?.observed,
        venueQuantity: formatQuantity(venue.quantity),
        venueEntryPrice: formatPrice(entryPrice),
        ours: formatQuantity(ours.quantity),
        mark: formatPrice(mark),
        impliedPrice: isEstimated ? null : formatPrice(price),
      },
    },
  )
}

/** Closes a part of a tranche that the venue does not hold, at the mark, as an estimate that a later fill replaces. */
export function giveUpPart(
  decision: Decision,
  tranche: Tranche,
  part: { readonly quantity: Quantity; readonly mark: Price; readonly because: Because },
): void {
  reduceTranche(decision, tranche, {
    quantity: part.quantity,
    price: part.mark,
    fee: null,
    feeAsset: null,
    tradeId: null,
    reason: 'drift',
    evidence: 'position',
    level: null,
    isLiquidation: false,
    venue: null,
    because: part.because,
  })
}

/** Reduces our tranches to what the venue holds. */
function giveUp(
  decision: Decision,
  { asked, mark }: Adoption,
  surplus: { readonly side: Side; readonly quantity: Quantity },
): void {
  const { book, context } = decision
  const { parts, because } = splitClosing(book, { ...surplus, price: mark, order: null, tranche: null }, context)
  const brokenRule = because.observed?.['brokenRule'] ?? null
  const why =
    asked === null
      ? { ...because, rule: `drift.reduce ${because.rule}` }
      : { ...asked, observed: { ...asked.observed, ...(brokenRule === null ? {} : { brokenRule }) } }
  for (const { tranche: id, quantity } of parts) {
    const tranche = book.groups[surplus.side].tranches.find((candidate) => candidate.id === id)
    if (tranche !== undefined) giveUpPart(decision, tranche, { quantity, mark, because: why })
  }
}

/** At what a figure is taken over: the venue's own mark where it says one; `null` = nobody knows a price. */
export function markOf(decision: Decision, { markPrice }: Pick<HeldPosition, 'markPrice'>): Price | null {
  return markPrice ?? decision.context.market?.price ?? decision.book.mark?.price ?? null
}

function sideOf(positionSide: PositionSide, venue: Quantity): Side {
  if (positionSide !== 'BOTH') return positionSide
  return venue >= 0n ? 'LONG' : 'SHORT'
}

/** Takes the venue's figure over, which is not on the other side. False when a price is missing that must not be made up. */
export function adoptPosition(decision: Decision, held: HeldPosition, asked: Because | null): boolean {
  const mark = markOf(decision, held)
  const surplus = surplusOf(decision.book, held.positionSide, held.quantity)
  if (surplus !== null) {
    if (mark === null) return false
    giveUp(decision, { held, asked, mark }, surplus)
    return true
  }
  const entryPrice = held.entryPrice ?? mark
  if (entryPrice === null) return false
  recover(decision, { held, asked, mark: mark ?? entryPrice }, entryPrice)
  return true
}
