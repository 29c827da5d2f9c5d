import { type AccountReader, createMessageReader, type ReaderParts } from '../../fapi/translate/message-reader.js'
import { translateOrderUpdate } from '../../fapi/translate/order-update.js'
import { isConditionalType, orderSideOf, positionSideOf } from '../../fapi/translate/words.js'
import type { OrderRow } from '../../fapi/wire/order-row.js'
import { parseOrderTradeUpdate } from '../../fapi/wire/order-trade-update.js'
import { createExpiredStops } from './expired-stops.js'
import { reportOf } from './order-report.js'

/** What reading Aster's account stream needs beyond the common parts. */
export interface AsterReaderParts extends ReaderParts {
  readonly expiryWaitMs: number
  /** The order as the venue shows it now. Throws when it cannot be asked. */
  readonly lookUp: (symbol: string, orderId: string) => Promise<OrderRow | null>
}

/** Reads the account stream of Aster, whose messages may come in any order. */
export function createAccountReader(parts: AsterReaderParts): AccountReader {
  const { clock, registry, account, emit, expiryWaitMs: waitMs, lookUp, onDoubt } = parts
  const stops = createExpiredStops({
    clock,
    registry,
    waitMs,
    lookUp,
    onDoubt,
    release: (update, order) => {
      messages.guarded(JSON.stringify(update.record), () => {
        for (const event of translateOrderUpdate(update, order, parts)) emit(event)
      })
    },
    report: (row) => {
      emit(reportOf(row, account))
    },
  })
  const messages = createMessageReader(parts, {
    ORDER_TRADE_UPDATE: (payload) => {
      const update = parseOrderTradeUpdate(payload)
      const { symbol, clientOrderId, side, positionSide, originalType } = update
      const isConditional = isConditionalType(originalType)
      const facts = {
        symbol,
        clientOrderId,
        isConditional,
        side: orderSideOf(side),
        positionSide: positionSideOf(positionSide),
      }
      stops.take(update, registry.note(facts, update.orderId))
    },
  })
  return {
    read: (text) => {
      messages.read(text)
    },
    close: () => {
      stops.close()
    },
  }
}
