import {
  absolute,
  parseQuantity,
  type PositionInput,
  type PositionMode,
  type PositionSide,
  type Price,
} from '@tranchebook/core'
import type { PositionChange } from '../wire/account-update.js'
import type { PositionRow } from '../wire/position-row.js'
import { parseFigure } from './figure.js'
import { positionSideOf } from './words.js'

interface PositionFacts {
  readonly symbol: string
  readonly positionSide: PositionSide
  readonly amount: string
  readonly entryPrice: string | null
  readonly markPrice: string | null
}

/** When and for whom a report counts. */
export interface ReportHeader {
  readonly account: string
  readonly time: number
}

function priceOrNothing(text: string | null): Price | null {
  const price = text === null ? null : parseFigure(text)
  return price === null || price <= 0n ? null : price
}

function positionInput(facts: PositionFacts, { account, time }: ReportHeader): PositionInput {
  const amount = parseQuantity(facts.amount)
  return {
    type: 'position',
    id: `position:${facts.positionSide}:${time}`,
    account,
    time,
    symbol: facts.symbol,
    positionSide: facts.positionSide,
    quantity: facts.positionSide === 'BOTH' ? amount : absolute(amount),
    entryPrice: amount === 0n ? null : priceOrNothing(facts.entryPrice),
    markPrice: priceOrNothing(facts.markPrice),
  }
}

/** A position that the stream says has changed. */
export function translatePositionChange(change: PositionChange, header: ReportHeader): PositionInput {
  const { symbol, amount, entryPrice } = change
  const positionSide = positionSideOf(change.positionSide)
  return positionInput({ symbol, positionSide, amount, entryPrice, markPrice: null }, header)
}

/** What to report about, and how the account holds positions. */
export interface PositionScope extends ReportHeader {
  readonly symbols: readonly string[]
  readonly mode: PositionMode
}

/**
 * One report per side of each symbol. A symbol that a complete answer leaves out is flat; rows of another mode than the account's are
 * reported as they are, so that the contradiction shows.
 */
export function translatePositions(rows: readonly PositionRow[], scope: PositionScope): readonly PositionInput[] {
  const sides: readonly PositionSide[] = scope.mode === 'HEDGE' ? ['LONG', 'SHORT'] : ['BOTH']
  return scope.symbols.flatMap((symbol) => {
    const own = rows.filter((row) => row.symbol === symbol)
    const said = own
      .map((row) =>
        positionInput({ ...row, positionSide: positionSideOf(row.positionSide), amount: row.positionAmt }, scope),
      )
      .filter((report) => sides.includes(report.positionSide) || report.quantity !== 0n)
    const flat = sides
      .filter((side) => !said.some((report) => report.positionSide === side))
      .map((positionSide) =>
        positionInput({ symbol, positionSide, amount: '0', entryPrice: null, markPrice: null }, scope),
      )
    return [...said, ...flat]
  })
}
