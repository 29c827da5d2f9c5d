import { orderInput, parsePrice, parseQuantity } from '@tranchebook/core'
import { type AccountReader, createMessageReader, type ReaderParts } from '../../fapi/translate/message-reader.js'
import { translateOrderUpdate } from '../../fapi/translate/order-update.js'
import { isEnding, orderSideOf, positionSideOf } from '../../fapi/translate/words.js'
import { parseOrderTradeUpdate } from '../../fapi/wire/order-trade-update.js'
import type { AccountEvent } from '../../venue/account-event.js'
import { malformed } from '../../wire/wire-fields.js'
import { type AlgoUpdate, parseAlgoUpdate } from '../wire/algo-update.js'
import { parseTradeLite, type TradeLite } from '../wire/trade-lite.js'
import { algoUpdateNews } from './algo-report.js'
import { type ChildLinker, type ChildLookup, createChildLinker } from './child-linker.js'

/** What reading Binance's account stream needs beyond the common parts. */
export interface BinanceReaderParts extends ReaderParts {
  readonly linkWaitMs: number
  readonly lookUpChild: ChildLookup
}

function noticeOf(trade: TradeLite): AccountEvent {
  return {
    type: 'fillNoticed',
    time: trade.transactionTime,
    symbol: trade.symbol,
    side: orderSideOf(trade.side),
    quantity: parseQuantity(trade.lastQuantity),
    price: parsePrice(trade.lastPrice),
    tradeId: trade.tradeId,
    orderId: trade.orderId,
    clientOrderId: trade.clientOrderId,
    maker: trade.isMaker,
  }
}

function takeAlgo(update: AlgoUpdate, parts: BinanceReaderParts, linker: ChildLinker): void {
  const { account, registry, emit, onDoubt } = parts
  const { symbol, clientAlgoId: clientOrderId, side, positionSide, childOrderId } = update
  const facts = {
    symbol,
    clientOrderId,
    isConditional: true,
    side: orderSideOf(side),
    positionSide: positionSideOf(positionSide),
  }
  const order = registry.note(facts, update.algoId)
  if (childOrderId !== null && order.childOrderId === null) registry.linkChild(order, childOrderId)
  const news = algoUpdateNews(update, order, account)
  if (news === null) return malformed('X', 'a status of conditional orders we know', update.status)
  const isLate = order.isEnded && !isEnding(news.status)
  if (!isLate) emit(orderInput(news))
  if (childOrderId !== null) linker.linked(childOrderId)
  else if (isEnding(news.status)) registry.end(order)
  if (update.status === 'FINISHED' && childOrderId === null)
    onDoubt(`${clientOrderId} finished without naming its child`)
}

/** Reads the account stream of Binance: ordinary orders, conditional orders and their children, positions, balances, settings. */
export function createAccountReader(parts: BinanceReaderParts): AccountReader {
  const { clock, registry, linkWaitMs: waitMs, lookUpChild: lookUp, emit } = parts
  const linker = createChildLinker({
    clock,
    registry,
    waitMs,
    lookUp,
    release: (update, order) => {
      messages.guarded(JSON.stringify(update.record), () => {
        for (const event of translateOrderUpdate(update, order, parts)) emit(event)
      })
    },
  })
  const messages = createMessageReader(parts, {
    ORDER_TRADE_UPDATE: (payload) => {
      linker.take(parseOrderTradeUpdate(payload))
    },
    ALGO_UPDATE: (payload) => {
      takeAlgo(parseAlgoUpdate(payload), parts, linker)
    },
    TRADE_LITE: (payload) => {
      emit(noticeOf(parseTradeLite(payload)))
    },
  })
  return {
    read: (text) => {
      messages.read(text)
    },
    close: () => {
      linker.close()
    },
  }
}
