import fc from 'fast-check'
import { expect, it } from 'vitest'
import { aLife, eventsOf, type Line, nets, reports } from '../../test/builders/life-builder.js'
import { LAW } from '../../test/law-runs.js'
import { parseQuantity } from '../money/quantity.js'

/** What somebody does by hand at a venue, in thousandths (bought positive), and at which price. */
interface Trade {
  readonly size: number
  readonly price: number
  /** Whether the venue is asked for its position after it. */
  readonly isReported: boolean
  /** Whether that report is told before this trade is. */
  readonly isOvertaken: boolean
}

const trade: fc.Arbitrary<Trade> = fc.record({
  size: fc.integer({ min: -12, max: 12 }).filter((size) => size !== 0),
  price: fc.constantFrom(50_000, 50_000, 50_100),
  isReported: fc.boolean(),
  isOvertaken: fc.boolean(),
})

const text = (thousandths: number): string => (thousandths / 1000).toString()

/** A trade as its fill, what the venue held after it, and the report of that, where there is one. */
interface Told {
  readonly fill: Line
  readonly held: number
  readonly report: Line | null
}

function reportOf(net: number, time: number): Line {
  return reports(text(net), { positionSide: 'BOTH', entryPrice: net === 0 ? null : '50000', markPrice: '50000', time })
}

/** What the venue tells of the trades that follow a position, a second apart. The entry price of what is held is never rounded. */
function told(start: number, trades: readonly Trade[]): readonly Told[] {
  let net = start
  let cost = start * 50_000
  return trades.map(({ size, price, isReported }, index) => {
    const time = 2000 + index * 1000
    const isClosing = size > 0 !== net > 0 && net !== 0
    const closed = isClosing ? Math.sign(size) * Math.min(Math.abs(size), Math.abs(net)) : 0
    const gain = closed === 0 ? 0 : -closed * (price - cost / net)
    cost += (closed === 0 ? 0 : closed * (cost / net)) + (size - closed) * price
    net += size
    const realizedPnl = Math.abs(gain) < 1e-6 ? '0' : (gain / 1000).toFixed(6)
    const fill = nets(size > 0 ? 'BUY' : 'SELL', text(Math.abs(size)), String(price), { time, realizedPnl })
    return { fill, held: net, report: isReported ? reportOf(net, time + 100) : null }
  })
}

it('a fill opens no more on a side than the venue holds there after it, whatever was held before the first fill', () => {
  fc.assert(
    fc.property(fc.integer({ min: -10, max: 10 }), fc.array(trade, { maxLength: 5 }), (start, trades) => {
      const life = aLife({ positionMode: 'ONE_WAY', config: { driftSettleMs: 600_000 } })
      life.tell(reportOf(start, 1000))
      for (const [index, { fill, held, report }] of told(start, trades).entries()) {
        // Of a book that has traded, what a report has seen may be any of the fills that are still to come; a flat one agrees with an empty book.
        const isOvertaken = trades[index]?.isOvertaken === true && life.book.nextTranche === 1 && held !== 0
        if (isOvertaken && report !== null) life.tell(report)
        for (const { side, quantity } of eventsOf(life.tell(fill), 'TrancheOpened')) {
          const there = parseQuantity(text(Math.max(0, side === 'LONG' ? held : -held)))
          expect(parseQuantity(quantity) <= there, `${side} ${quantity} opened, the venue held ${held}`).toBe(true)
        }
        if (!isOvertaken && report !== null) life.tell(report)
      }
      expect(life.book.conflict).not.toBe('oppositeSide')
    }),
    LAW,
  )
})
