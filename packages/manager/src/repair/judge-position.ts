import type { OpenOrder } from '@tranchebook/adapters'
import {
  coverage,
  type DecimalText,
  formatPrice,
  formatQuantity,
  isOwnOrderId,
  larger,
  minus,
  NO_QUANTITY,
  plus,
  type PositionInput,
  type Quantity,
  type Side,
  smaller,
  streamOf,
} from '@tranchebook/core'
import { coverAtVenue, type VenueCover } from './cover-at-venue.js'
import type { BrokenBook } from './rehearse-account.js'
import type { Finding } from './repair-setup.js'
import type { RehearsedBook } from './rehearse-book.js'

/** A stop that rests at the venue. */
export interface RestingStop {
  readonly clientOrderId: string
  readonly venueOrderId: string
  readonly triggerPrice: DecimalText | null
  /** Base; `null` = closes whatever the position is. */
  readonly quantity: DecimalText | null
  /** Placed by this book. */
  readonly isOurs: boolean
}

/** One position of the venue, and what of it is behind stops. Quantities are base, ≥ 0. */
export interface PositionProtection {
  readonly symbol: string
  readonly side: Side
  readonly quantity: DecimalText
  readonly covered: DecimalText
  /** What no stop would close; what has none on purpose is not counted. */
  readonly uncovered: DecimalText
  readonly stops: readonly RestingStop[]
  /** Open tranches, or parts of them, that no stop of ours covers. */
  readonly tranches: readonly { readonly tranche: string; readonly quantity: DecimalText }[]
}

/** A position with what is to be said about it. */
export interface JudgedPosition {
  readonly position: PositionProtection
  readonly findings: readonly Finding[]
}

/** Quantity of tranches that have no stop price: by configuration, on purpose. */
function withoutStop({ observed }: RehearsedBook, side: Side): Quantity {
  return observed.groups[side].tranches
    .filter(({ stopPrice }) => stopPrice === null)
    .reduce((sum, { quantity }) => plus(sum, quantity), NO_QUANTITY)
}

function stopsOf({ stops }: VenueCover, stream: string | null): readonly RestingStop[] {
  return stops.map((stop) => ({
    clientOrderId: stop.clientOrderId,
    venueOrderId: stop.venueOrderId,
    triggerPrice: stop.triggerPrice === null ? null : formatPrice(stop.triggerPrice),
    quantity: stop.closePosition ? null : formatQuantity(stop.quantity),
    isOurs: stream !== null && isOwnOrderId(stop.clientOrderId, stream),
  }))
}

function findingsOf(
  { symbol, side, quantity, stops, tranches }: PositionProtection,
  { uncovered, bare }: { readonly uncovered: Quantity; readonly bare: Quantity },
): readonly Finding[] {
  const at = `${symbol} ${side}`
  const names = tranches.map((part) => `${part.tranche} ${part.quantity}`).join(', ')
  const findings: Finding[] = []
  const add = (level: Finding['level'], code: string, said: string): void => {
    findings.push({ level, code, symbol, message: `${at}: ${said}` })
  }
  if (uncovered > 0n) {
    const remedy = tranches.length > 0 ? 'run protect' : 'no tranche holds it: run adopt, or close it at the venue'
    add('problem', 'uncovered', `${formatQuantity(uncovered)} of ${quantity} has no stop at the venue; ${remedy}`)
  }
  if (tranches.length > 0 && uncovered === 0n)
    add(
      stops.some((stop) => !stop.isOurs) ? 'warning' : 'problem',
      'tranchesUncovered',
      `the stops at the venue add up to ${quantity}, but none of ours covers ${names}; run protect`,
    )
  if (bare > 0n)
    add(
      'warning',
      'noStopByConfiguration',
      `${formatQuantity(bare)} has no stop on purpose; set slPercent, or use moveStop, to give it one`,
    )
  if (findings.length === 0) add('fine', 'covered', `${quantity} is behind stops at the venue (${stops.length})`)
  return findings
}

/** Judges a position of a book that is kept. */
export function judgePosition(book: RehearsedBook, position: PositionInput): JudgedPosition {
  const { symbol, observed, context, stream } = book
  const cover = coverAtVenue(position, book.openOrders)
  const { side } = cover
  const bare = smaller(withoutStop(book, side), cover.quantity)
  const open = larger(minus(minus(cover.quantity, cover.covered), bare), NO_QUANTITY)
  const uncovered = open < context.instrument.stepSize ? NO_QUANTITY : open
  const judged = {
    symbol,
    side,
    quantity: formatQuantity(cover.quantity),
    covered: formatQuantity(cover.covered),
    uncovered: formatQuantity(uncovered),
    stops: stopsOf(cover, stream),
    tranches: coverage(observed, side, context).uncovered.map(({ tranche, quantity }) => ({
      tranche,
      quantity: formatQuantity(quantity),
    })),
  }
  return { position: judged, findings: findingsOf(judged, { uncovered, bare }) }
}

/** What is told of a position that no book can be asked about. */
interface Bookless {
  readonly code: string
  readonly why: string
  readonly remedy: string
  /** Of the book that placed what is ours; `null` = there is none. */
  readonly stream: string | null
}

function judgeBookless(position: PositionInput, openOrders: readonly OpenOrder[], told: Bookless): JudgedPosition {
  const { symbol } = position
  const cover = coverAtVenue(position, openOrders)
  const { side } = cover
  const quantity = formatQuantity(cover.quantity)
  const uncovered = formatQuantity(minus(cover.quantity, cover.covered))
  const { code, why, remedy, stream } = told
  const message = `${symbol} ${side}: ${quantity} is open ${why}, ${uncovered} of it without a stop; ${remedy}`
  const level = cover.covered < cover.quantity ? 'problem' : 'warning'
  const covered = formatQuantity(cover.covered)
  const stops = stopsOf(cover, stream)
  return {
    position: { symbol, side, quantity, covered, uncovered, stops, tranches: [] },
    findings: [{ level, code, symbol, message }],
  }
}

/** Judges a position in a symbol that no book keeps. */
export function judgeUnmanaged(position: PositionInput, openOrders: readonly OpenOrder[]): JudgedPosition {
  const why = 'in a symbol that is not managed'
  const remedy = 'add the symbol to the configuration, or close it at the venue'
  return judgeBookless(position, openOrders, { code: 'unmanagedPosition', why, remedy, stream: null })
}

/** Judges a position whose book has stopped: by what rests at the venue alone. */
export function judgeBroken(broken: BrokenBook, position: PositionInput): JudgedPosition {
  const why = `and its book has stopped (${broken.why})`
  const remedy =
    'nobody moves its orders: place a stop at the venue where one is missing, and see bookHalted in the recovery runbook'
  const stream = streamOf({ account: position.account, symbol: broken.symbol })
  return judgeBookless(position, broken.openOrders, { code: 'bookHalted', why, remedy, stream })
}
