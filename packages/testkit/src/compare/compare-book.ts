import {
  type Amounts,
  formatMoney,
  formatPrice,
  formatQuantity,
  type Money,
  type Price,
  type Quantity,
  type Reduction,
  type Tranche,
  type TrancheBook,
  type TrancheGroup,
} from '@tranchebook/core'
import {
  multiply,
  order,
  parseRatio,
  quotient,
  type Ratio,
  sizeOf,
  subtract,
  toText,
  total,
  ZERO,
} from '../exact/ratio.js'
import type { ModelAmounts, ModelBook, ModelGroup, ModelReduction, ModelTranche } from '../model/model-book.js'
import { openCost, openQuantity, openTranches } from '../model/profit.js'

/** The book cuts shares at 10^-24 and prices at 10^-12; beyond that both must agree. */
const MONEY_DUST = parseRatio('0.000000000000000001')
/** A cost cut at 10^-24 moves the average of the smallest quantities by this much. */
const ENTRY_DUST = parseRatio('0.00000000001')
const PRICE_DUST = parseRatio('0.000000000001')

const price = (value: Price): Ratio => parseRatio(formatPrice(value))
const priceOrNull = (value: Price | null): Ratio | null => (value === null ? null : price(value))
const quantity = (value: Quantity): Ratio => parseRatio(formatQuantity(value))
const money = (value: Money): Ratio => parseRatio(formatMoney(value))

/** Collects what differs between a model and a book, each with where and both values. */
class Differences {
  readonly found: string[] = []

  same(where: string, model: unknown, book: unknown): void {
    const [left, right] = [JSON.stringify(model), JSON.stringify(book)]
    if (left !== right) this.found.push(`${where}: the model has ${left}, the book has ${right}`)
  }

  near(where: string, pair: { readonly model: Ratio | null; readonly book: Ratio | null }, dust: Ratio): void {
    const { model, book } = pair
    if (model === null && book === null) return
    if (model !== null && book !== null && order(sizeOf(subtract(model, book)), dust) <= 0) return
    const text = (value: Ratio | null): string => (value === null ? 'none' : toText(value))
    this.found.push(`${where}: the model has ${text(model)}, the book has ${text(book)}`)
  }
}

function compareAmounts(found: Differences, where: string, sides: { model: ModelAmounts; book: Amounts }): void {
  const assets = new Set([...sides.model.keys(), ...Object.keys(sides.book)])
  for (const asset of assets) {
    const own = sides.book[asset]
    const pair = { model: sides.model.get(asset) ?? ZERO, book: own === undefined ? ZERO : money(own) }
    found.near(`${where} ${asset}`, pair, MONEY_DUST)
  }
}

function compareReduction(found: Differences, where: string, pair: { model: ModelReduction; book: Reduction }): void {
  const { model, book } = pair
  found.same(`${where} trade`, model.tradeId, book.tradeId)
  found.same(`${where} time`, model.time, book.time)
  found.near(`${where} quantity`, { model: model.quantity, book: quantity(book.quantity) }, ZERO)
  // A book in memory keeps an estimate as it was booked; what proved it is in its history.
  if (model.isCorrected) return
  found.near(`${where} price`, { model: model.price, book: price(book.price) }, PRICE_DUST)
  found.near(`${where} result`, { model: model.realizedPnl, book: money(book.realizedPnl) }, MONEY_DUST)
  found.near(`${where} fee`, { model: model.fee, book: book.fee === null ? null : money(book.fee) }, MONEY_DUST)
  compareAmounts(found, `${where} entry fee`, { model: model.entryFee, book: book.entryFees })
}

function compareTargets(found: Differences, where: string, pair: { model: ModelTranche; book: Tranche }): void {
  const { model, book } = pair
  if (model.areTargetsOpen) return
  found.near(`${where} stop`, { model: model.stopPrice, book: priceOrNull(book.stopPrice) }, PRICE_DUST)
  found.same(`${where} levels`, model.levels.length, book.levels.length)
  if (model.levels.length === 0) {
    found.near(`${where} target`, { model: model.takeProfitPrice, book: priceOrNull(book.takeProfitPrice) }, PRICE_DUST)
  }
  for (const [index, level] of book.levels.entries()) {
    const own = model.levels[index]
    if (own === undefined) continue
    found.near(`${where} level ${index + 1} price`, { model: own.price, book: price(level.price) }, PRICE_DUST)
    found.near(`${where} level ${index + 1} quantity`, { model: own.quantity, book: quantity(level.quantity) }, ZERO)
    found.near(`${where} level ${index + 1} filled`, { model: own.filled, book: quantity(level.filled) }, ZERO)
    found.same(`${where} level ${index + 1} hit`, own.hit, level.hitTime !== null)
  }
}

function compareTranche(found: Differences, where: string, pair: { model: ModelTranche; book: Tranche }): void {
  const { model, book } = pair
  found.same(`${where} label`, model.label, book.label)
  found.same(`${where} isolated`, model.isolated, book.isolated)
  found.same(`${where} entry time`, model.entryTime, book.entryTime)
  found.same(`${where} unknown fees`, model.unknownFees, book.unknownFeeCount)
  found.near(`${where} quantity`, { model: model.quantity, book: quantity(book.quantity) }, ZERO)
  const original = { model: model.originalQuantity, book: quantity(book.originalQuantity) }
  found.near(`${where} original quantity`, original, ZERO)
  const entry = quotient(money(book.basisCost), quantity(book.basisQuantity))
  found.near(`${where} entry price`, { model: model.entryPrice, book: entry }, ENTRY_DUST)
  const cost = multiply(model.entryPrice, model.quantity)
  found.near(`${where} cost`, { model: cost, book: money(book.cost) }, MONEY_DUST)
  found.near(`${where} result`, { model: model.realizedPnl, book: money(book.realizedPnl) }, MONEY_DUST)
  compareAmounts(found, `${where} open fees`, { model: model.openFees, book: book.openFees })
  compareAmounts(found, `${where} realized fees`, { model: model.realizedFees, book: book.realizedFees })
  compareAmounts(found, `${where} funding`, { model: model.funding, book: book.funding })
  compareTargets(found, where, pair)
  found.same(`${where} reductions`, model.reductions.length, book.reductions.length)
  for (const [index, reduction] of book.reductions.entries()) {
    const own = model.reductions[index]
    if (own !== undefined) compareReduction(found, `${where} part ${index + 1}`, { model: own, book: reduction })
  }
}

function compareGroup(found: Differences, pair: { model: ModelGroup; book: TrancheGroup }): void {
  const { model, book } = pair
  const open = openTranches(model)
  const ids = (all: readonly { readonly id: string }[]): readonly string[] => all.map(({ id }) => id)
  found.same(`${book.side} open tranches`, ids(open), ids(book.tranches))
  found.near(`${book.side} quantity`, { model: openQuantity(model), book: quantity(book.quantity) }, ZERO)
  found.near(`${book.side} cost`, { model: openCost(model), book: money(book.cost) }, MONEY_DUST)
  const realized = total(model.tranches.map((tranche) => tranche.realizedPnl))
  found.near(`${book.side} result`, { model: realized, book: money(book.realizedPnl) }, MONEY_DUST)
  const waiting = total(model.unmatched.map((unmatched) => unmatched.quantity))
  const held = total(book.unmatched.map((unmatched) => quantity(unmatched.quantity)))
  found.near(`${book.side} unmatched`, { model: waiting, book: held }, ZERO)
  for (const tranche of book.tranches) {
    const own = open.find(({ id }) => id === tranche.id)
    if (own !== undefined) compareTranche(found, `${book.side} ${tranche.id}`, { model: own, book: tranche })
  }
}

/** What differs between the reference model and a book, each with where and both values; empty = nothing. */
export function compareBook(model: ModelBook, book: TrancheBook): readonly string[] {
  const found = new Differences()
  for (const side of ['LONG', 'SHORT'] as const)
    compareGroup(found, { model: model.groups[side], book: book.groups[side] })
  for (const side of ['LONG', 'SHORT', 'BOTH'] as const) {
    const [own, venue] = [model.venue[side], book.averageCost[side]]
    found.near(`${side} average-cost quantity`, { model: own.quantity, book: quantity(venue.quantity) }, ZERO)
    found.near(`${side} average-cost result`, { model: own.realizedPnl, book: money(venue.realizedPnl) }, MONEY_DUST)
    found.same(`${side} sync`, model.sync[side], book.checks[side]?.status ?? null)
  }
  return found.found
}
