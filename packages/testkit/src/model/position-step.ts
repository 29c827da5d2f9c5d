import type { PositionLine } from '../lines/input-line.js'
import { splitByStrategy } from './closing-order.js'
import type { ModelBook, ModelGroup, ModelSide } from './model-book.js'
import { openCost, openQuantity, openTranches } from './profit.js'
import {
  add,
  downTo,
  HUNDRED,
  isPositive,
  isZero,
  multiply,
  negative,
  order,
  parseRatio,
  quotient,
  ratio,
  type Ratio,
  sizeOf,
  subtract,
  ZERO,
} from '../exact/ratio.js'
import type { ModelRules } from './targets.js'
import { openTranche, reduceTranche } from './tranche-steps.js'
import { mirrorTrade } from './venue-mirror.js'

/** A position report with its numbers read. */
interface ModelReport {
  readonly line: PositionLine
  /** Signed. */
  readonly venue: Ratio
  /** Signed. */
  readonly ours: Ratio
  readonly mark: Ratio | null
  readonly rules: ModelRules
}

function signedOpen(book: ModelBook, positionSide: PositionLine['positionSide']): Ratio {
  const long = openQuantity(book.groups.LONG)
  const short = openQuantity(book.groups.SHORT)
  if (positionSide === 'BOTH') return subtract(long, short)
  return positionSide === 'LONG' ? long : negative(short)
}

function readReport(book: ModelBook, line: PositionLine, rules: ModelRules): ModelReport {
  const quantity = parseRatio(line.quantity)
  const venue = line.positionSide === 'SHORT' ? negative(quantity) : quantity
  const mark = line.markPrice === undefined ? book.mark : parseRatio(line.markPrice)
  return { line, venue, ours: signedOpen(book, line.positionSide), mark, rules }
}

/** A whole step is a real difference: less than one is not. */
function isWithinTolerance({ rules, ...report }: ModelReport): boolean {
  const difference = sizeOf(subtract(report.venue, report.ours))
  const share = quotient(multiply(sizeOf(report.venue), rules.options.driftTolerancePercent), HUNDRED)
  return order(difference, rules.instrument.stepSize) < 0 || order(difference, share) <= 0
}

/** A price is written with twelve decimals. */
const PRICE_UNIT = ratio(1n, 10n ** 12n)

/** To the nearest price that can be written; of two that are equally near, the one whose last digit is even. */
function toPriceDecimals(price: Ratio): Ratio {
  const below = downTo(price, PRICE_UNIT)
  const side = order(subtract(price, below), quotient(PRICE_UNIT, ratio(2n)))
  const isEven = isZero(subtract(downTo(below, multiply(PRICE_UNIT, ratio(2n))), below))
  return side < 0 || (side === 0 && isEven) ? below : add(below, PRICE_UNIT)
}

/** The price that makes both averages agree where it is plausible, the venue's own average otherwise. */
function excessPrice(group: ModelGroup, report: ModelReport): Ratio {
  const venue = sizeOf(report.venue)
  const reported = parseRatio(report.line.entryPrice ?? '0')
  const excess = subtract(venue, openQuantity(group))
  const implied = quotient(subtract(multiply(venue, reported), openCost(group)), excess)
  const mark = report.mark ?? ZERO
  const isNearMark = order(sizeOf(subtract(implied, mark)), quotient(mark, ratio(2n))) <= 0
  return isPositive(implied) && isNearMark ? toPriceDecimals(implied) : reported
}

/** Opens a tranche for what the venue holds beyond ours. */
function adoptExcess(book: ModelBook, group: ModelGroup, report: ModelReport): void {
  const quantity = subtract(sizeOf(report.venue), openQuantity(group))
  const { time } = report.line
  const price = excessPrice(group, report)
  const entry = { side: group.side, quantity, price, fee: null, feeAsset: null, time }
  const tranche = openTranche(book, entry, report.rules)
  group.estimates.push({ kind: 'entry', quantity, price, time, tranche, reduction: null })
}

/** Closes what the venue no longer holds, by the strategy, at the mark price. */
function adoptShortfall(group: ModelGroup, quantity: Ratio, { rules, ...report }: ModelReport): void {
  const price = report.mark ?? ZERO
  const close = { quantity, price, stepSize: rules.instrument.stepSize }
  const { time } = report.line
  for (const part of splitByStrategy(openTranches(group), close, rules.options)) {
    const exit = { quantity: part.quantity, price, fee: null, feeAsset: null, time, tradeId: null, reason: 'drift' }
    const reduction = reduceTranche(part.tranche, exit, rules)
    group.estimates.push({ kind: 'exit', quantity: part.quantity, price, time, tranche: part.tranche, reduction })
  }
}

function adopt(book: ModelBook, report: ModelReport): void {
  const isLong = isZero(report.venue) ? isPositive(report.ours) : isPositive(report.venue)
  const side: ModelSide = isLong ? 'LONG' : 'SHORT'
  const group = book.groups[side]
  const missing = subtract(openQuantity(group), sizeOf(report.venue))
  const signed = isLong ? negative(missing) : missing
  const price = isPositive(missing) ? (report.mark ?? ZERO) : excessPrice(group, report)
  mirrorTrade(book.venue[report.line.positionSide], signed, price)
  if (isPositive(missing)) adoptShortfall(group, missing, report)
  else adoptExcess(book, group, report)
}

function isOpposite(report: ModelReport): boolean {
  return order(multiply(report.venue, report.ours), ZERO) < 0
}

/** True once the same difference has lasted and was seen again; another difference begins anew. */
function hasSettled(book: ModelBook, { line, ours, venue, rules }: ModelReport): boolean {
  const difference = subtract(venue, ours)
  const before = book.drift[line.positionSide]
  const isSame = before !== null && order(before.difference, difference) === 0
  const drift = isSame ? before : { since: line.time, looks: 0, difference }
  drift.looks += 1
  book.drift[line.positionSide] = drift
  const { driftSettleMs } = rules.options
  return driftSettleMs === 0 || (drift.looks >= 2 && line.time - drift.since >= driftSettleMs)
}

/** Compares the venue's report with our quantity, and follows it where the policy says so. */
export function applyPosition(book: ModelBook, line: PositionLine, rules: ModelRules): void {
  if (line.time < book.lastFillTime) return
  const report = readReport(book, line, rules)
  book.reportedNet = { quantity: report.venue, time: line.time }
  if (isOpposite(report)) {
    book.sync[line.positionSide] = 'conflict'
    book.drift[line.positionSide] = null
    book.hasConflict = true
    return
  }
  const isFlatAtVenue = isZero(report.venue) && !isZero(report.ours)
  if (!isFlatAtVenue && isWithinTolerance(report)) {
    book.sync[line.positionSide] = 'synced'
    book.drift[line.positionSide] = null
    book.reportedNet = null
    return
  }
  book.sync[line.positionSide] = 'drift'
  if (!hasSettled(book, report) || rules.options.driftPolicy !== 'ADOPT') return
  adopt(book, report)
  book.reportedNet = null
  book.sync[line.positionSide] = 'synced'
  book.drift[line.positionSide] = null
}
