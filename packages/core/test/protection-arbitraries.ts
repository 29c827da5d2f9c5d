import fc from 'fast-check'
import type { TrancheBook } from '../src/book/book.js'
import type { DecisionContext } from '../src/book/context.js'
import type { LevelText } from '../src/book/events.js'
import type { Side } from '../src/book/tranche.js'
import { type PositionMode, PROTECTIONS, SL_TP_STRATEGIES, type SymbolConfig } from '../src/config/symbol-config.js'
import { parseQuantity } from '../src/money/quantity.js'
import { aBook, type TrancheText } from './builders/book-builder.js'
import { contextOf } from './builders/context-builder.js'
import { levelText } from './builders/events-builder.js'

/** A price between 40 000 and 60 000 on a tick of 0.1, as text. */
const ticks = (min: number, max: number): fc.Arbitrary<string> =>
  fc.integer({ min: min * 10, max: max * 10 }).map((units) => `${Math.trunc(units / 10)}.${units % 10}`)

/** Thousandths of the base as text, sometimes with half a step more. */
export const quantityText = (max = 400): fc.Arbitrary<string> =>
  fc
    .tuple(fc.integer({ min: 1, max }), fc.constantFrom('', '', '', '5'))
    .map(([units, dust]) => `${Math.trunc(units / 1000)}.${`${units % 1000}`.padStart(3, '0')}${dust}`)

function withSide({
  side,
  stop,
  far,
  ...text
}: { side: Side; stop: string | null; far: string } & Omit<TrancheText, 'id'>): Omit<TrancheText, 'id'> {
  const isLong = side === 'LONG'
  return isLong
    ? { ...text, side, stop, takeProfit: far }
    : { ...text, side, stop: stop === null ? null : far, takeProfit: stop ?? '45000' }
}

/** Two levels of half the quantity each above the take profit of a LONG, below that of a SHORT. */
function levelsOf({ quantity, takeProfit, side }: Omit<TrancheText, 'id'>): readonly LevelText[] {
  const [whole = '0', fraction = ''] = quantity.split('.')
  const units = BigInt(whole + fraction.padEnd(4, '0'))
  const first = (units / 20n) * 10n
  const text = (count: bigint): string => `${count / 10000n}.${`${count % 10000n}`.padStart(4, '0')}`
  const beyond = `${BigInt((takeProfit ?? '52000').split('.')[0] ?? '52000') + (side === 'LONG' ? 900n : -900n)}`
  return [levelText('3', takeProfit ?? '52000', text(first)), levelText('5', beyond, text(units - first))]
}

const trancheText = fc
  .record({
    side: fc.constantFrom<Side>('LONG', 'LONG', 'SHORT'),
    price: ticks(48_500, 51_500),
    quantity: quantityText(),
    stop: fc.option(ticks(46_000, 49_900), { nil: null, freq: 8 }),
    far: ticks(50_100, 54_000),
    isolated: fc.constantFrom(false, false, true),
  })
  .map(withSide)
  .chain((text) => fc.boolean().map((scaled) => (scaled ? { ...text, levels: levelsOf(text) } : text)))

/** A book in words: what fast-check shows when a law fails. */
export interface BookText {
  readonly tranches: readonly Omit<TrancheText, 'id'>[]
  readonly positionMode: PositionMode
}

/** The book that the words mean; tranches are numbered from T1. */
export function bookOf({ tranches, positionMode }: BookText): TrancheBook {
  const named = tranches.map((text, index) => ({ ...text, id: `T${index + 1}` }))
  return aBook(named, { positionMode })
}

/** Up to seven tranches with stops below and targets above 50 000 (SHORT: the other way). */
export const bookText: fc.Arbitrary<BookText> = fc.record({
  tranches: fc.array(trancheText, { maxLength: 7 }),
  positionMode: fc.constantFrom('HEDGE' as const, 'HEDGE' as const, 'ONE_WAY' as const),
})

/** A context in words. */
export interface ContextText {
  readonly config: Partial<SymbolConfig>
  readonly maxMarket: string | null
  readonly max: string | null
  readonly min: string
  readonly maxConditionalOrders: number | null
  readonly mark: string | null
}

/** The context that the words mean. */
export function protectionContextOf(text: ContextText): DecisionContext {
  const { config, maxMarket, max, min, maxConditionalOrders, mark } = text
  return contextOf({
    config,
    mark,
    instrument: {
      maxMarketQuantity: maxMarket === null ? null : parseQuantity(maxMarket),
      maxQuantity: max === null ? null : parseQuantity(max),
      minQuantity: parseQuantity(min),
      maxConditionalOrders,
    },
  })
}

/** Any protection, with limits that bind now and then; the mark is mostly between stops and targets. */
export const contextText: fc.Arbitrary<ContextText> = fc.record({
  config: fc.record({
    protection: fc.constantFrom(...PROTECTIONS),
    slTpStrategy: fc.constantFrom(...SL_TP_STRATEGIES),
    combinedIncludesIsolated: fc.boolean(),
    failSafeStop: fc.boolean(),
    instantTakeProfit: fc.boolean(),
  }),
  maxMarket: fc.constantFrom(null, '0.15', '120'),
  max: fc.constantFrom(null, '0.1', '1000'),
  min: fc.constantFrom('0.001', '0.001', '0.02'),
  maxConditionalOrders: fc.option(fc.integer({ min: 1, max: 10 }), { nil: null }),
  mark: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('50000', null) },
    { weight: 2, arbitrary: ticks(45_500, 54_500) },
  ),
})
