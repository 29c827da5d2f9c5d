import type { TrancheBook } from '../book/book.js'
import type { TrancheGroup } from '../book/group.js'
import type { Tranche } from '../book/tranche.js'
import type { SymbolConfig } from '../config/symbol-config.js'
import { minus, negate, plus } from '../money/arithmetic.js'
import { ALL_PERCENT } from '../money/percent.js'
import { asPrice, type Price } from '../money/price.js'
import { divide } from '../money/rounding.js'
import { holdingOf, recoveryPercent } from './isolation.js'
import { priceAtPercent } from './pnl.js'
import { owes } from './take-profit.js'

/** Marks strictly between these two decide nothing; `null` = none on that side. */
export interface Triggers {
  readonly above: Price | null
  readonly below: Price | null
}

interface Bounds {
  above: Price | null
  below: Price | null
}

function wait(bounds: Bounds, direction: 'above' | 'below', price: Price): void {
  const known = bounds[direction]
  if (known === null || (direction === 'above' ? price < known : price > known)) bounds[direction] = price
}

/** Waits for a gain of the side (LONG: above) or a loss. Prices are rounded so that a trigger fires early rather than late. */
function waitForPercent(
  bounds: Bounds,
  tranche: Tranche,
  to: { percent: Parameters<typeof priceAtPercent>[1]; gains: boolean },
): void {
  const direction = (tranche.side === 'LONG') === to.gains ? 'above' : 'below'
  wait(bounds, direction, priceAtPercent(holdingOf(tranche), to.percent, direction === 'above' ? 'down' : 'up'))
}

function waitForTargets(bounds: Bounds, tranche: Tranche, config: SymbolConfig): void {
  const direction = tranche.side === 'LONG' ? 'above' : 'below'
  if (tranche.levels.length === 0) {
    if (config.instantTakeProfit && tranche.takeProfitPrice !== null) wait(bounds, direction, tranche.takeProfitPrice)
    return
  }
  for (const level of tranche.levels)
    if ((level.hitTime === null && level.quantity > 0n) || (config.instantTakeProfit && owes(level)))
      wait(bounds, direction, level.price)
}

/** The mark beyond which a trailing stop would stand better than the stop that stands. */
function waitForTrailing(bounds: Bounds, tranche: Tranche, config: SymbolConfig): void {
  const percent = config.trailingStopPercent ?? (tranche.trailing === null ? null : config.stopLadderPercent)
  if (percent === null) return
  const isLong = tranche.side === 'LONG'
  const activation = tranche.trailing === null ? config.trailingActivationPercent : null
  // Nothing to wait for: whatever the mark, a stop of it is better than none.
  if (activation === null && tranche.stopPrice === null) return wait(bounds, 'above', asPrice(0n))
  const start = activation === null ? null : priceAtPercent(holdingOf(tranche), activation, isLong ? 'down' : 'up')
  const factor = isLong ? ALL_PERCENT - percent : ALL_PERCENT + percent
  const better =
    tranche.stopPrice === null || factor === 0n
      ? null
      : asPrice(divide(tranche.stopPrice * ALL_PERCENT, factor, isLong ? 'down' : 'up'))
  const price = isLong ? max(start, better) : min(start, better)
  if (price !== null) wait(bounds, isLong ? 'above' : 'below', price)
}

function max(left: Price | null, right: Price | null): Price | null {
  if (left === null || right === null) return left ?? right
  return left > right ? left : right
}

function min(left: Price | null, right: Price | null): Price | null {
  if (left === null || right === null) return left ?? right
  return left < right ? left : right
}

function waitForTranche(bounds: Bounds, tranche: Tranche, config: SymbolConfig): void {
  if (!tranche.isolated)
    waitForPercent(bounds, tranche, { percent: negate(config.trancheIsolationThreshold), gains: false })
  else {
    if (config.isolationReleasePercent !== null)
      waitForPercent(bounds, tranche, { percent: config.isolationReleasePercent, gains: true })
    if (config.trancheAutoCloseIsolated)
      waitForPercent(bounds, tranche, { percent: recoveryPercent(tranche, config), gains: true })
  }
  waitForTargets(bounds, tranche, config)
  waitForTrailing(bounds, tranche, config)
}

function waitForGroupLoss(bounds: Bounds, group: TrancheGroup, config: SymbolConfig): void {
  if (config.maxPositionLoss === null || group.quantity === 0n) return
  const isLong = group.side === 'LONG'
  const cost = isLong ? minus(group.cost, config.maxPositionLoss) : plus(group.cost, config.maxPositionLoss)
  wait(bounds, isLong ? 'below' : 'above', asPrice(divide(cost, group.quantity, isLong ? 'up' : 'down')))
}

/** The next mark prices, above and below, at which some rule of the book has something to decide. */
export function nextTriggers(book: TrancheBook, config: SymbolConfig): Triggers {
  const bounds: Bounds = { above: null, below: null }
  for (const group of [book.groups.LONG, book.groups.SHORT]) {
    for (const tranche of group.tranches) waitForTranche(bounds, tranche, config)
    waitForGroupLoss(bounds, group, config)
  }
  return bounds
}

interface Known {
  readonly version: number
  readonly config: SymbolConfig
  readonly triggers: Triggers
}

const known = new WeakMap<TrancheBook, Known>()

/** Whether a mark can decide anything: two comparisons per tick, however many tranches. Recomputed after each change of the book. */
export function isQuiet(book: TrancheBook, mark: Price, config: SymbolConfig): boolean {
  let entry = known.get(book)
  if (entry === undefined || entry.version !== book.version || entry.config !== config) {
    entry = { version: book.version, config, triggers: nextTriggers(book, config) }
    known.set(book, entry)
  }
  const { above, below } = entry.triggers
  return (above === null || mark < above) && (below === null || mark > below)
}
