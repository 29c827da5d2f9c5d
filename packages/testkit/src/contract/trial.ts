import assert from 'node:assert/strict'
import {
  type AccountEvent,
  type FundingHistory,
  type OrderLookup,
  type OrderRef,
  type OrderRequest,
  type TradeHistory,
  type VenueOrderTerms,
  type VenueStream,
  type WriteResult,
} from '@tranchebook/adapters'
import {
  asPrice,
  asQuantity,
  type DecimalText,
  divide,
  type FillInput,
  formatPrice,
  formatQuantity,
  type Instrument,
  parsePrice,
  type PositionInput,
  type PositionSide,
  roundPrice,
} from '@tranchebook/core'
import type { VenueStage } from './venue-bench.js'

/** What an order of a case differs in from a market buy of one lot. */
export type TermsOfCase = Partial<VenueOrderTerms> &
  Pick<Partial<OrderRequest>, 'symbol' | 'timeInForce' | 'callbackPercent'>

/** An account stream that is heard, and released after each resynchronisation unless told otherwise. */
export interface Ear {
  readonly events: AccountEvent[]
  readonly stream: VenueStream
  readonly fills: () => readonly FillInput[]
  /** `status` of every report of that order, in order. */
  readonly statuses: (clientOrderId: string) => readonly string[]
}

/** A venue on its bench, with what every case needs. */
export interface Trial extends VenueStage {
  readonly instrument: Instrument
  /** So much away from the first price, on the tick. */
  readonly priceAt: (percent: number) => DecimalText
  /** So many lots. One lot passes the minimums within 20 % of the first price. */
  readonly lots: (count: number) => DecimalText
  readonly order: (clientOrderId: string, terms?: TermsOfCase) => OrderRequest
  readonly refOf: (request: OrderRequest) => OrderRef
  /** Submits, and wants it acknowledged. */
  readonly place: (request: OrderRequest) => Promise<void>
  readonly listen: (options?: { readonly resumes: boolean }) => Promise<Ear>
  /** Waits until it holds, for ten seconds at most. */
  readonly until: (what: string, holds: () => boolean | Promise<boolean>) => Promise<void>
  readonly move: (percent: number) => void
  readonly position: (side: PositionSide) => Promise<PositionInput>
  readonly trades: () => Promise<TradeHistory>
  readonly funding: () => Promise<FundingHistory>
  readonly find: (request: OrderRequest) => Promise<OrderLookup>
}

const PATIENCE_MS = 10_000
const MARGIN_PERCENT = 125n

/** A lot: the least that passes the minimums with a quarter to spare. */
function lotOf({ minQuantity, minNotional, stepSize }: Instrument, price: DecimalText): bigint {
  const step = stepSize === 0n ? 1n : stepSize
  const enough = divide(minNotional * MARGIN_PERCENT, parsePrice(price) * 100n, 'up')
  const least = enough > minQuantity ? enough : minQuantity
  return ((least + step - 1n) / step) * step
}

/** The outcome must be that one; says what came instead. */
export function assertOutcome<Outcome extends WriteResult['outcome']>(
  result: WriteResult,
  outcome: Outcome,
): asserts result is Extract<WriteResult, { outcome: Outcome }> {
  assert.equal(result.outcome, outcome, `expected ${outcome}, got ${JSON.stringify(result, shown)}`)
}

/** Must be refused for one of these reasons. */
export function assertRefused(result: WriteResult, ...reasons: readonly string[]): void {
  assertOutcome(result, 'refused')
  assert.ok(reasons.includes(result.reason), `expected ${reasons.join(' or ')}, got ${JSON.stringify(result, shown)}`)
}

function shown(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}

type Sizes = Pick<Trial, 'priceAt' | 'lots' | 'move'>

function sizesOf(stage: VenueStage, instrument: Instrument): Sizes {
  const lot = lotOf(instrument, stage.price)
  const first = parsePrice(stage.price)
  const priceAt = (percent: number): DecimalText => {
    const parts = BigInt(Math.round((100 + percent) * 10_000))
    return formatPrice(roundPrice(instrument, asPrice((first * parts) / 1_000_000n), 'down'))
  }
  return {
    priceAt,
    lots: (count) => formatQuantity(asQuantity(lot * BigInt(count))),
    move: (percent) => {
      stage.hands.movePrice(stage.symbol, priceAt(percent))
    },
  }
}

const MARKET_BUY: Omit<VenueOrderTerms, 'clientOrderId' | 'quantity'> = {
  purpose: 'entry',
  orderType: 'MARKET',
  orderSide: 'BUY',
  positionSide: 'BOTH',
  price: null,
  triggerPrice: null,
  reduceOnly: false,
  closePosition: false,
}

type Orders = Pick<Trial, 'order' | 'refOf' | 'place' | 'find'>

function ordersOf({ venue, symbol: usual }: VenueStage, { lots }: Sizes): Orders {
  const refOf = ({ symbol, terms }: OrderRequest): OrderRef => {
    const { clientOrderId, orderType, purpose } = terms
    const isProtection = purpose !== 'entry'
    return { symbol, clientOrderId, orderType, isProtection, venueOrderId: null, childOrderId: null }
  }
  return {
    refOf,
    order: (clientOrderId, { symbol = usual, timeInForce, callbackPercent, ...terms } = {}) => ({
      symbol,
      terms: { ...MARKET_BUY, clientOrderId, quantity: terms.closePosition === true ? null : lots(1), ...terms },
      workingType: 'MARK_PRICE',
      ...(timeInForce === undefined ? {} : { timeInForce }),
      ...(callbackPercent === undefined ? {} : { callbackPercent }),
    }),
    place: async (request) => {
      assertOutcome(await venue.submit(request), 'acknowledged')
    },
    find: (request) => venue.findOrder(refOf(request)),
  }
}

function waiting({ pause }: VenueStage): Pick<Trial, 'until'> {
  return {
    until: async (what, holds) => {
      const end = performance.now() + PATIENCE_MS
      while (!(await holds())) {
        assert.ok(performance.now() < end, `${what} did not happen within ${PATIENCE_MS} ms`)
        await pause()
      }
    },
  }
}

function listening({ venue }: VenueStage, { until }: Pick<Trial, 'until'>): Pick<Trial, 'listen'> {
  return {
    listen: async ({ resumes } = { resumes: true }) => {
      const events: AccountEvent[] = []
      const stream = venue.streamAccount((event) => {
        events.push(event)
        if (resumes && event.type === 'resyncNeeded') stream.resume(event.resync)
      })
      await stream.opened
      await until('the first resynchronisation', () => events.some(({ type }) => type === 'resyncNeeded'))
      return {
        events,
        stream,
        fills: () => events.filter((event) => event.type === 'fill'),
        statuses: (name) =>
          events.flatMap((event) => (event.type === 'order' && event.clientOrderId === name ? [event.status] : [])),
      }
    },
  }
}

function readsOf({ venue, symbol }: VenueStage): Pick<Trial, 'position' | 'trades' | 'funding'> {
  const all = { symbol, afterId: null, since: null }
  return {
    position: async (side) => {
      const found = (await venue.fetchPositions([symbol])).find(({ positionSide }) => positionSide === side)
      assert.ok(found, `expected a report of ${symbol} ${side}, as every fetch has one per side`)
      return found
    },
    trades: () => venue.fetchTrades(all),
    funding: () => venue.fetchFunding(all),
  }
}

/** Puts what every case needs around a stage. */
export async function createTrial(stage: VenueStage): Promise<Trial> {
  const instruments = await stage.venue.fetchInstruments()
  const instrument = instruments.find(({ symbol }) => symbol === stage.symbol)
  assert.ok(instrument, `expected ${stage.symbol} among the ${instruments.length} instruments of the venue`)
  const sizes = sizesOf(stage, instrument)
  const patience = waiting(stage)
  return {
    ...stage,
    instrument,
    ...sizes,
    ...ordersOf(stage, sizes),
    ...patience,
    ...listening(stage, patience),
    ...readsOf(stage),
  }
}
