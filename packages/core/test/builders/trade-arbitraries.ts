import fc from 'fast-check'
import { CLOSING_RULES, STOP_LADDERS, type SymbolConfig } from '../../src/config/symbol-config.js'
import { parseMoney } from '../../src/money/money.js'
import { parsePercent } from '../../src/money/percent.js'
import { asks, buys, covers, type Life, type Line, marks, sells, shorts } from './life-builder.js'

/** What a test lets happen to a hedge book; orders in flight are answered as the venue would. */
export type Happening = Line | 'acknowledgeAll' | 'review'

/** 45 000 to 55 000 to the tick of 0.1. */
export const aPrice = fc
  .integer({ min: 450_000, max: 550_000 })
  .map((ticks) => `${Math.floor(ticks / 10)}.${ticks % 10}`)

/** 0.001 to 0.009. */
export const aQuantity = fc.integer({ min: 1, max: 9 }).map((steps) => `0.00${steps}`)

const percent = (min: number, max: number): fc.Arbitrary<ReturnType<typeof parsePercent>> =>
  fc
    .integer({ min, max })
    .map((tenths) =>
      parsePercent(`${tenths < 0 ? '-' : ''}${Math.floor(Math.abs(tenths) / 10)}.${Math.abs(tenths) % 10}`),
    )

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null })

/** Every option that a mark price may have something to do with. */
export const markConfig: fc.Arbitrary<Partial<SymbolConfig>> = fc.record({
  tpPercent: maybe(percent(10, 80)),
  slPercent: maybe(percent(10, 80)),
  trancheIsolationThreshold: percent(10, 80),
  isolationAction: fc.constantFrom('HOLD' as const, 'REDUCE_LEVERAGE' as const, 'PARTIAL_CLOSE' as const),
  isolationReleasePercent: maybe(percent(-9, 20)),
  trancheAutoCloseIsolated: fc.boolean(),
  trancheRecoveryThreshold: percent(0, 20),
  breakevenIncludesFees: fc.boolean(),
  maxPositionLoss: maybe(fc.integer({ min: 1, max: 40 }).map((quote) => parseMoney(String(quote)))),
  enableScaledTakeProfit: fc.boolean(),
  instantTakeProfit: fc.boolean(),
  stopLadder: fc.constantFrom(...STOP_LADDERS),
  stopLadderPercent: percent(1, 40),
  trailingStopPercent: maybe(percent(1, 50)),
  trailingActivationPercent: maybe(percent(1, 50)),
  closingStrategy: fc.constantFrom(...CLOSING_RULES),
  entryMode: fc.constantFrom('NEW_TRANCHE' as const, 'AVERAGE_UNTIL_UNDERWATER' as const),
})

const tranche = fc.integer({ min: 1, max: 5 }).map((number) => `T${number}`)
const trade = (make: (quantity: string, price: string) => Line): fc.Arbitrary<Line> =>
  fc.tuple(aQuantity, aPrice).map(([quantity, price]) => make(quantity, price))

/** Trades, marks, commands, reviews and answers of the venue. */
export const aHappening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(trade(buys), trade(shorts)) },
  { weight: 1, arbitrary: fc.oneof(trade(sells), trade(covers)) },
  { weight: 3, arbitrary: aPrice.map((price) => marks(price)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('isolateTranche', 'releaseTranche'), tranche)
      .map(([command, name]) => asks(command, { tranche: name })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(tranche, aQuantity, maybe(aPrice))
      .map(([name, quantity, price]) => asks('closeTranche', { tranche: name, quantity, price })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(tranche, aPrice, fc.boolean())
      .map(([name, price, force]) => asks('moveStop', { tranche: name, price, force })),
  },
  {
    weight: 1,
    arbitrary: fc
      .uniqueArray(tranche, { minLength: 2, maxLength: 2 })
      .map((tranches) => asks('mergeTranches', { tranches })),
  },
  { weight: 1, arbitrary: fc.constantFrom('acknowledgeAll' as const, 'review' as const) },
)

/** Lets it happen. */
export function happen(life: Life, happening: Happening): void {
  if (happening === 'review') life.tell({ type: 'review' })
  else if (happening === 'acknowledgeAll')
    for (const { clientOrderId, state } of life.book.orders.values()) {
      if (state === 'intended') life.tell({ type: 'order', clientOrderId, status: 'acknowledged' })
      if (state === 'cancelling') life.tell({ type: 'order', clientOrderId, status: 'cancelled' })
    }
  else life.tell(happening)
}
