import {
  asMoney,
  asQuantity,
  type FillInput,
  formatMoney,
  formatPrice,
  formatQuantity,
  parseConfig,
  type PositionMode,
  runInputs,
  type TrancheBook,
} from '@tranchebook/core'
import { type Account, accountOf, type Exchange, positionOf, type Trade } from '@tranchebook/simulator'
import type { HourClient } from './hour-client.js'

/** Two ledgers that ought to be one. */
export interface Comparison {
  readonly client: HourClient
  readonly exchange: Exchange
  readonly account: string
  readonly symbol: string
  readonly mode: PositionMode
}

type Execution = Pick<Trade, 'id' | 'side' | 'positionSide' | 'price' | 'quantity'> &
  Pick<FillInput, 'fee' | 'realizedPnl' | 'maker'>

function factsOf({ id, side, positionSide, price, quantity, fee, realizedPnl, maker }: Execution): string {
  const amounts = [fee, realizedPnl].map((amount) => (amount === null ? 'unknown' : formatMoney(amount)))
  return [id, side, positionSide, formatPrice(price), formatQuantity(quantity), ...amounts, maker].join(' ')
}

function missingFrom(wanted: ReadonlySet<string>, found: ReadonlySet<string>, whose: string): readonly string[] {
  return [...wanted].filter((fact) => !found.has(fact)).map((fact) => `${whose}: ${fact}`)
}

function compareTrades({ client }: Comparison, account: Account): readonly string[] {
  const atVenue = new Set(account.trades.map(factsOf))
  const atClient = new Set([...client.fills.values()].map((fill) => factsOf({ ...fill, id: fill.tradeId })))
  return [
    ...missingFrom(atVenue, atClient, 'a trade of the venue that the client does not know'),
    ...missingFrom(atClient, atVenue, 'a trade of the client that the venue does not know'),
  ]
}

function compareFunding({ client, symbol }: Comparison, account: Account): readonly string[] {
  const isFunding = account.income.filter((row) => row.type === 'FUNDING_FEE' && row.symbol === symbol)
  const atVenue = new Set(isFunding.map(({ id, amount }) => `${id} ${formatMoney(amount)}`))
  const atClient = new Set([...client.funding].map(([id, { amount }]) => `${id} ${formatMoney(amount)}`))
  return [
    ...missingFrom(atVenue, atClient, 'funding of the venue that the client does not know'),
    ...missingFrom(atClient, atVenue, 'funding of the client that the venue does not know'),
  ]
}

function compareOrders({ client, symbol }: Comparison, account: Account): readonly string[] {
  const working = new Set([...account.live.values(), ...account.waiting.values()].map((order) => order.clientOrderId))
  const placed = new Map<string, number>()
  for (const order of [...account.orders.values(), ...account.conditionals.values()]) {
    const isChild = 'parentId' in order && order.parentId !== null
    if (order.spec.symbol !== symbol || isChild) continue
    placed.set(order.clientOrderId, (placed.get(order.clientOrderId) ?? 0) + 1)
  }
  return [...client.orders.beliefs()].flatMap(([id, belief]) => {
    const count = placed.get(id) ?? 0
    if (count > 1) return [`order ${id} was placed ${count} times`]
    if (belief === 'doubtful') return [`order ${id} is still in doubt`]
    if (belief === 'never' && count > 0) return [`order ${id} was placed, and the client believes it never was`]
    if (belief === 'over' && working.has(id)) return [`order ${id} works, and the client believes it is over`]
    return belief === 'working' && !working.has(id) ? [`order ${id} is over, and the client believes it works`] : []
  })
}

function bookOf({ client, mode }: Comparison): TrancheBook | null {
  const result = runInputs(client.heard, {
    config: parseConfig({ positionMode: mode }),
    positionMode: mode,
    instruments: new Map(),
    closingRules: new Map(),
    sending: 'observe',
  })
  return result.books[0]?.book ?? null
}

function compareBook(comparison: Comparison, account: Account): readonly string[] {
  const book = bookOf(comparison)
  if (book === null) return account.trades.length === 0 ? [] : ['the client has no book']
  const { symbol, mode } = comparison
  const { LONG, SHORT } = book.groups
  const held = (side: 'BOTH' | 'LONG' | 'SHORT'): bigint => positionOf(account, symbol, side).amount
  const ours = mode === 'ONE_WAY' ? [LONG.quantity - SHORT.quantity] : [LONG.quantity, -SHORT.quantity]
  const theirs = mode === 'ONE_WAY' ? [held('BOTH')] : [held('LONG'), held('SHORT')]
  const texts = (amounts: readonly bigint[]): string => amounts.map((one) => formatQuantity(asQuantity(one))).join(', ')
  const reported = Object.values(book.averageCost).reduce((sum, one) => sum + (one.reportedPnl ?? 0n), 0n)
  const realized = account.trades.reduce((sum, trade) => sum + trade.realizedPnl, 0n)
  return [
    ...(texts(ours) === texts(theirs) ? [] : [`the book holds ${texts(ours)}, the venue ${texts(theirs)}`]),
    ...(reported === realized
      ? []
      : [`the book realized ${formatMoney(asMoney(reported))}, the venue ${formatMoney(asMoney(realized))}`]),
  ]
}

/** Every difference between what the client believes and what the venue knows, in words; empty = none. */
export function compareBooks(comparison: Comparison): readonly string[] {
  const account = accountOf(comparison.exchange, comparison.account)
  return [
    ...compareTrades(comparison, account),
    ...compareFunding(comparison, account),
    ...compareOrders(comparison, account),
    ...compareBook(comparison, account),
  ]
}
