import { createAccountReader as createAsterReader } from '../src/aster/translate/account-reader.js'
import { createAccountReader as createBinanceReader } from '../src/binance/translate/account-reader.js'
import type { ChildLookup } from '../src/binance/translate/child-linker.js'
import { paidEitherWay, paidIsPositive } from '../src/fapi/translate/fill-input.js'
import { createOrderRegistry } from '../src/fapi/translate/order-registry.js'
import type { OrderRow } from '../src/fapi/wire/order-row.js'
import type { AccountEvent } from '../src/venue/account-event.js'
import { type Collector, createCollector } from './collect.js'
import { createManualClock } from './manual-clock.js'

const scrub = (text: string): string => text

/** A reader of one venue's account stream with everything it tells. */
function readerBench() {
  const events: Collector<AccountEvent> = createCollector<AccountEvent>()
  const doubts: string[] = []
  const clock = createManualClock()
  const door = {
    emit: events.listen,
    onKeyExpired: () => {
      doubts.push('key expired')
    },
    onDoubt: (reason: string) => {
      doubts.push(reason)
    },
  }
  return { events, doubts, clock, common: { ...door, clock, scrub, account: 'main' } }
}

/** Binance's. Children are looked up in the given way; none is found by default. */
export function binanceBench(lookUpChild: ChildLookup = () => Promise.resolve()) {
  const bench = readerBench()
  const registry = createOrderRegistry('separate-orders')
  const reader = createBinanceReader({
    ...bench.common,
    registry,
    readFee: paidIsPositive,
    linkWaitMs: 3_000,
    lookUpChild,
  })
  return { ...bench, registry, reader }
}

/** Aster's. */
export function asterBench(
  lookUp: (symbol: string, orderId: string) => Promise<OrderRow | null> = () => Promise.resolve(null),
) {
  const bench = readerBench()
  const registry = createOrderRegistry('ordinary-orders')
  const reader = createAsterReader({ ...bench.common, registry, readFee: paidEitherWay, expiryWaitMs: 2_000, lookUp })
  return { ...bench, registry, reader }
}
