import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  aLife,
  buys,
  covers,
  eventsOf,
  type Life,
  type Line,
  marks,
  nets,
  sells,
  shorts,
} from '../../test/builders/life-builder.js'
import { aPrice, aQuantity } from '../../test/builders/trade-arbitraries.js'
import { LAW } from '../../test/law-runs.js'
import type { Side } from '../book/tranche.js'
import { CLOSING_RULES, type PositionMode } from '../config/symbol-config.js'
import { parseMoney } from '../money/money.js'
import { parsePrice } from '../money/price.js'

const trade = (make: (quantity: string, price: string) => Line): fc.Arbitrary<Line> =>
  fc.tuple(aQuantity, aPrice).map(([quantity, price]) => make(quantity, price))

const hedge = fc.array(fc.oneof(trade(buys), trade(sells), trade(shorts), trade(covers)), {
  maxLength: 30,
  size: 'max',
})
const net = fc.array(
  fc.oneof(
    trade((quantity, price) => nets('BUY', quantity, price)),
    trade((quantity, price) => nets('SELL', quantity, price)),
  ),
  { maxLength: 30, size: 'max' },
)
const rules = {
  closingStrategy: fc.constantFrom(...CLOSING_RULES),
  isolatedClosing: fc.constantFrom('LAST' as const, 'EQUAL' as const, null),
}

/** Every fill that finds something to close, and no more than there is; entries and marks as they are. */
function livedFrom(lines: readonly Line[], mode: PositionMode, config: Parameters<typeof aLife>[0]): Life {
  const life = aLife({ ...config, positionMode: mode })
  for (const line of lines) {
    const side: Side = line['positionSide'] === 'SHORT' ? 'SHORT' : 'LONG'
    const closes = mode === 'HEDGE' && line['type'] === 'fill' && (line['side'] === 'BUY') !== (side === 'LONG')
    if (closes && life.book.groups[side].quantity < BigInt(String(line['quantity']).replace('0.', '')) * 10n ** 9n)
      continue
    life.tell(line)
  }
  return life
}

/** A cut at 10^-24 for every reduction, no more. */
function roundingOf(life: Life): bigint {
  return BigInt(life.events.length)
}

function size(value: bigint): bigint {
  return value < 0n ? -value : value
}

/** Gross realized and unrealized at a mark: by lots, and at average cost. */
function totalsOf(
  life: Life,
  mode: PositionMode,
  mark: bigint,
): readonly (readonly [lots: bigint, averageCost: bigint])[] {
  const { LONG, SHORT } = life.book.groups
  const long = LONG.realizedPnl + mark * LONG.quantity - LONG.cost
  const short = SHORT.realizedPnl - mark * SHORT.quantity + SHORT.cost
  const at = (position: { quantity: bigint; cost: bigint; realizedPnl: bigint }): bigint =>
    position.realizedPnl + mark * position.quantity - position.cost
  const { averageCost } = life.book
  if (mode === 'ONE_WAY') return [[long + short, at(averageCost.BOTH)]]
  return [
    [long, at(averageCost.LONG)],
    [short, at(averageCost.SHORT)],
  ]
}

describe('lots and average cost', () => {
  it.each(['HEDGE', 'ONE_WAY'] as const)(
    'give the same realized and unrealized result at any mark, in %s mode, by every closing rule',
    (mode) => {
      fc.assert(
        fc.property(mode === 'HEDGE' ? hedge : net, fc.record(rules), aPrice, (lines, config, mark) => {
          const life = livedFrom(lines, mode, { config: { ...config, instantTakeProfit: false } })
          for (const [lots, averageCost] of totalsOf(life, mode, parsePrice(mark))) expect(lots).toBe(averageCost)
        }),
        LAW,
      )
    },
  )

  it('differ by the bridge: own result + bridge = result at average cost, and at flat the bridges are nothing', () => {
    fc.assert(
      fc.property(hedge, fc.record(rules), aPrice, (lines, config, last) => {
        const life = livedFrom(lines, 'HEDGE', { config: { ...config, instantTakeProfit: false } })
        const { quantity } = life.book.groups.LONG
        if (quantity > 0n) life.tell(sells(`0.${String(quantity).padStart(12, '0')}`, last))
        let own = 0n
        let bridges = 0n
        for (const { side, realizedPnl, bridge } of eventsOf(life.events, 'TrancheReduced')) {
          if (side !== 'LONG') continue
          own += parseMoney(realizedPnl)
          bridges += parseMoney(bridge ?? '0')
        }
        expect(life.book.groups.LONG.quantity).toBe(0n)
        expect(own).toBe(life.book.groups.LONG.realizedPnl)
        expect(size(own + bridges - life.book.averageCost.LONG.realizedPnl) <= roundingOf(life)).toBe(true)
        expect(size(bridges) <= roundingOf(life)).toBe(true)
      }),
      LAW,
    )
  })

  it('hold through isolation by marks: an isolated tranche is in every total', () => {
    fc.assert(
      fc.property(hedge, fc.array(aPrice, { maxLength: 10 }), aPrice, (lines, prices, mark) => {
        const mixed = lines.flatMap((line, index) =>
          prices[index] === undefined ? [line] : [line, marks(prices[index])],
        )
        const life = livedFrom(mixed, 'HEDGE', { config: { instantTakeProfit: false } })
        for (const side of ['LONG', 'SHORT'] as const) {
          const { tranches, quantity, cost } = life.book.groups[side]
          expect(tranches.reduce((sum, tranche) => sum + tranche.quantity, 0n)).toBe(quantity)
          expect(tranches.reduce((sum, tranche) => sum + tranche.cost, 0n)).toBe(cost)
        }
        for (const [lots, averageCost] of totalsOf(life, 'HEDGE', parsePrice(mark))) expect(lots).toBe(averageCost)
      }),
      LAW,
    )
  })
})
