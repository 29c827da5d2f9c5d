import assert from 'node:assert/strict'
import type { OrderRequest } from '@tranchebook/adapters'
import {
  asPrice,
  asQuantity,
  formatPrice,
  formatQuantity,
  notional,
  parsePrice,
  parseQuantity,
  roundPrice,
  roundQuantity,
} from '@tranchebook/core'
import { assertOutcome, assertRefused, type Trial } from './trial.js'
import type { VenueCase } from './venue-case.js'

/** An order that must be refused, and for what. */
interface RefusalRow {
  readonly number: number
  readonly title: string
  readonly reasons: readonly string[]
  readonly request: (trial: Trial) => OrderRequest
  readonly setting?: VenueCase['setting']
  readonly needs?: VenueCase['needs']
}

const HALF_STEP = 2n

function offStep({ instrument, lots }: Trial): string {
  return formatQuantity(asQuantity(parseQuantity(lots(1)) + instrument.stepSize / HALF_STEP))
}

function offTick({ instrument, priceAt }: Trial, percent: number): string {
  return formatPrice(asPrice(parsePrice(priceAt(percent)) + instrument.tickSize / HALF_STEP))
}

const ROWS: readonly RefusalRow[] = [
  {
    number: 20,
    title: 'a quantity between two steps: `filter`',
    reasons: ['filter', 'invalid'],
    request: (trial) => trial.order('A1', { quantity: offStep(trial) }),
  },
  {
    number: 21,
    title: 'a price between two ticks: `filter`',
    reasons: ['filter', 'invalid'],
    request: (trial) => trial.order('A1', { orderType: 'LIMIT', price: offTick(trial, -1) }),
  },
  {
    number: 22,
    title: 'a quantity below the least: `filter`',
    reasons: ['filter'],
    request: ({ order, instrument }) =>
      order('A1', { quantity: formatQuantity(asQuantity(instrument.minQuantity / HALF_STEP)) }),
  },
  {
    number: 23,
    title: 'a quantity above the most for market orders: `max-quantity`',
    reasons: ['max-quantity'],
    request: ({ order, instrument }) => {
      const most = instrument.maxMarketQuantity ?? instrument.maxQuantity
      assert.ok(most !== null, 'the symbol of the bench needs a largest quantity')
      return order('A1', { quantity: formatQuantity(asQuantity(most + instrument.stepSize)) })
    },
  },
  {
    number: 24,
    title: 'more than the wallet can carry: `margin` or `risk-limit`',
    reasons: ['margin', 'risk-limit'],
    request: ({ order, instrument }) => {
      const most = instrument.maxMarketQuantity ?? instrument.maxQuantity
      assert.ok(most !== null, 'the symbol of the bench needs a largest quantity')
      return order('A1', { quantity: formatQuantity(most) })
    },
  },
  {
    number: 25,
    title: 'a reducing order without a position: `reduce-only`',
    reasons: ['reduce-only'],
    request: ({ order }) => order('A1', { orderSide: 'SELL', reduceOnly: true }),
  },
  {
    number: 26,
    title: 'a stop that would trigger at once: `would-trigger`',
    reasons: ['would-trigger'],
    request: ({ order, priceAt }) =>
      order('A1', { orderType: 'STOP_MARKET', orderSide: 'SELL', triggerPrice: priceAt(2) }),
  },
  {
    number: 27,
    title: 'a buy far above the market: `price-band`',
    reasons: ['price-band', 'filter'],
    request: ({ order, priceAt }) => order('A1', { orderType: 'LIMIT', price: priceAt(15) }),
  },
  {
    number: 28,
    title: 'a symbol that is not listed: `invalid`',
    reasons: ['invalid'],
    request: ({ order }) => order('A1', { symbol: 'NOSUCHUSDT' }),
  },
  {
    number: 29,
    title: 'a side of a hedged position in one-way mode: `position-mode`',
    reasons: ['position-mode'],
    request: ({ order }) => order('A1', { positionSide: 'LONG' }),
  },
  {
    number: 30,
    title: 'a one-way order in hedge mode: `position-mode`',
    reasons: ['position-mode'],
    setting: { mode: 'HEDGE' },
    request: ({ order }) => order('A1'),
  },
  {
    number: 31,
    title: 'an entry into a symbol that is settling: `symbol-closed`',
    reasons: ['symbol-closed'],
    needs: ['settling'],
    request: ({ order, settlingSymbol }) => order('A1', { symbol: settlingSymbol }),
  },
]

function caseOf({ number, title, reasons, request, setting = {}, needs = [] }: RefusalRow): VenueCase {
  return {
    id: `VE-${number}`,
    title: `refuses ${title}`,
    setting,
    needs,
    run: async (trial) => {
      const before = trial.requests()
      const result = await trial.venue.submit(request(trial))
      assertRefused(result, ...reasons)
      assertOutcome(result, 'refused')
      assert.notEqual(result.message, '')
      assert.ok(trial.requests() - before <= 8, 'no retries: a refusal is an answer')
      assert.deepEqual((await trial.trades()).fills, [])
    },
  }
}

const ODD_PARTS = [1n, 333_333n, 777_777n, 999_999n, 1_234_567n]

const roundingCase: VenueCase = {
  id: 'VE-32',
  title: 'takes whatever was rounded by its own tick and step',
  run: async ({ venue, instrument, order, priceAt, lots, symbol }) => {
    const requests = ODD_PARTS.map((part, index) => {
      const price = roundPrice(instrument, asPrice(parsePrice(priceAt(-1)) - part * 1_000_003n), 'down')
      const quantity = roundQuantity(instrument, asQuantity(parseQuantity(lots(2)) + part * 1_000_033n))
      assert.ok(notional(price, quantity) >= instrument.minNotional)
      const terms = { price: formatPrice(price), quantity: formatQuantity(quantity) }
      return order(`A${index}`, { orderType: 'LIMIT', ...terms })
    })
    for (const request of requests) assertOutcome(await venue.submit(request), 'acknowledged')
    const open = await venue.fetchOpenOrders(symbol)
    assert.equal(open.length, requests.length)
    for (const { terms } of requests) {
      const found = open.find(({ clientOrderId }) => clientOrderId === terms.clientOrderId)
      const asked = [parsePrice(terms.price ?? '0'), parseQuantity(terms.quantity ?? '0')]
      assert.deepEqual([found?.price, found?.quantity], asked)
    }
  },
}

/** What every venue says no to, and in which words. */
export const refusalCases: readonly VenueCase[] = [...ROWS.map(caseOf), roundingCase]
