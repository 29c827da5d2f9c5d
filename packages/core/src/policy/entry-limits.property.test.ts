import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BTC, NO_LIMITS, PLAIN_CONFIG } from '../../test/builders/context-builder.js'
import { LAW } from '../../test/law-runs.js'
import type { TrancheBook } from '../book/book.js'
import type { BookOrder } from '../book/order.js'
import { asMoney, notional, parseMoney } from '../money/money.js'
import { formatQuantity } from '../money/quantity.js'
import { parseInput } from '../observe/parse-input.js'
import { type BookRun, runBook } from '../replay/run-book.js'
import { entriesInFlight } from './entry-in-flight.js'
import { valueInFlight } from './entry-question.js'

const MARK = '50000'
const MAX_POSITION = parseMoney('400')
const MAX_TRANCHES = 3

type Step =
  | { readonly type: 'signal'; readonly quantity: string }
  | { readonly type: 'fill'; readonly pick: number; readonly share: number }
  | {
      readonly type: 'end'
      readonly pick: number
      readonly status: 'refused' | 'cancelled' | 'unknown' | 'acknowledged'
    }

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant('signal' as const),
      quantity: fc.constantFrom('0.001', '0.002', '0.003'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constant('fill' as const), pick: fc.nat(9), share: fc.constantFrom(1, 2) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant('end' as const),
      pick: fc.nat(9),
      status: fc.constantFrom('refused', 'cancelled', 'unknown', 'acknowledged'),
    }),
  },
)

function start(): BookRun {
  return runBook(
    { account: 'main', symbol: 'BTCUSDT', positionMode: 'HEDGE' },
    {
      config: { ...PLAIN_CONFIG, maxTranches: MAX_TRANCHES, maxPositionSize: MAX_POSITION, breakerFailures: 100 },
      limits: NO_LIMITS,
      instrument: BTC,
      readiness: { isLive: true, reasons: [] },
      sending: 'trade',
      conditionalRoom: null,
      closingRules: new Map(),
    },
  )
}

function rawOf(step: Step, orders: readonly BookOrder[]): Record<string, unknown> | null {
  if (step.type === 'signal') return { type: 'command', command: 'openTranche', side: 'LONG', quantity: step.quantity }
  const order = orders[step.pick % Math.max(1, orders.length)]
  if (order?.quantity === undefined || order.quantity === null) return null
  const { clientOrderId } = order
  if (step.type === 'end')
    return { type: 'order', clientOrderId, status: step.status, orderId: `venue-${clientOrderId}` }
  const left = order.quantity - order.filled
  const quantity = left / BigInt(step.share)
  if (quantity <= 0n) return null
  const text = formatQuantity((quantity === 0n ? left : quantity) as typeof order.quantity)
  return {
    type: 'fill',
    side: 'BUY',
    positionSide: 'LONG',
    quantity: text,
    price: MARK,
    fee: '0',
    clientOrderId,
    orderId: `venue-${clientOrderId}`,
  }
}

/** Active tranches, and entries that have not opened theirs yet. */
function slotsUsed(book: TrancheBook): number {
  const active = book.groups.LONG.tranches.filter(({ isolated }) => !isolated).length
  return active + entriesInFlight(book, 'LONG').filter(({ filled }) => filled === 0n).length
}

describe('however signals, fills, refusals and lost answers interleave', () => {
  it('slots and position size stay within their limits', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 40, size: 'max' }), (steps) => {
        const run = start()
        for (const [index, one] of [{ type: 'mark' as const }, ...steps].entries()) {
          const before = run.book.orders.size
          const wasFull = slotsUsed(run.book) >= MAX_TRANCHES
          const raw =
            one.type === 'mark' ? { type: 'mark', price: MARK } : rawOf(one, entriesInFlight(run.book, 'LONG'))
          if (raw === null) continue
          const header = { symbol: 'BTCUSDT', time: 1000 + index, tradeId: `${index}`, id: `${index}` }
          run.take(parseInput({ ...header, ...raw }, { account: 'main', positionMode: 'HEDGE', sequence: index }))
          const { book } = run
          expect(slotsUsed(book)).toBeLessThanOrEqual(MAX_TRANCHES)
          const mark = book.mark?.price
          if (mark === undefined) continue
          const position = asMoney(
            notional(mark, book.groups.LONG.quantity) + valueInFlight(entriesInFlight(book, 'LONG'), mark),
          )
          expect(position).toBeLessThanOrEqual(MAX_POSITION)
          if (one.type === 'signal' && wasFull) expect(book.orders.size).toBe(before)
        }
      }),
      LAW,
    )
  })
})
