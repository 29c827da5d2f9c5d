import { parsePrice, parseQuantity } from '@tranchebook/core'
import { createAccountUpdateReader, translateAccountConfig } from '../../fapi/translate/account-notices.js'
import { orderInput } from '../../fapi/translate/order-input.js'
import { type AccountContext, translateOrderUpdate } from '../../fapi/translate/order-update.js'
import { isEnding, orderSideOf, positionSideOf } from '../../fapi/translate/words.js'
import { parseAccountConfigUpdate } from '../../fapi/wire/account-config-update.js'
import { parseAccountUpdate } from '../../fapi/wire/account-update.js'
import { parseMarginCall } from '../../fapi/wire/margin-call.js'
import { type OrderTradeUpdate, parseOrderTradeUpdate } from '../../fapi/wire/order-trade-update.js'
import { eventNameOf, payloadOf } from '../../fapi/wire/stream-envelope.js'
import type { Clock } from '../../transport/clock.js'
import { parseLossless } from '../../transport/lossless-json.js'
import type { Scrubber } from '../../transport/scrub-text.js'
import type { AccountEvent } from '../../venue/account-event.js'
import { malformed } from '../../wire/wire-fields.js'
import { type AlgoUpdate, parseAlgoUpdate } from '../wire/algo-update.js'
import { parseTradeLite, type TradeLite } from '../wire/trade-lite.js'
import { algoUpdateNews } from './algo-report.js'
import { type ChildLinker, type ChildLookup, createChildLinker } from './child-linker.js'

/** What a reader of the account stream works with. */
export interface ReaderParts extends AccountContext {
  readonly clock: Clock
  readonly scrub: Scrubber
  readonly linkWaitMs: number
  readonly lookUpChild: ChildLookup
  readonly emit: (event: AccountEvent) => void
  /** The key of the stream is used up: no events until there is a new one. */
  readonly onKeyExpired: () => void
  /** Something happened whose outcome only a look can tell. */
  readonly onDoubt: (reason: string) => void
}

/** Turns messages of the account stream into events. Never throws. */
export interface AccountReader {
  read(text: string): void
  close(): void
}

const IGNORED = new Set(['STRATEGY_UPDATE', 'GRID_UPDATE'])

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

class Reader implements AccountReader {
  readonly #parts: ReaderParts
  readonly #linker: ChildLinker
  readonly #accountUpdates

  constructor(parts: ReaderParts) {
    this.#parts = parts
    this.#accountUpdates = createAccountUpdateReader(parts.account)
    const { clock, registry, linkWaitMs: waitMs, lookUpChild: lookUp } = parts
    this.#linker = createChildLinker({
      clock,
      registry,
      waitMs,
      lookUp,
      release: (update, order) => {
        this.#guarded(JSON.stringify(update.record), () => {
          this.#emitAll(translateOrderUpdate(update, order, parts))
        })
      },
    })
  }

  read(text: string): void {
    this.#guarded(text, () => {
      this.#readPayload(payloadOf(parseLossless(text)))
    })
  }

  close(): void {
    this.#linker.close()
  }

  #guarded(raw: string, run: () => void): void {
    try {
      run()
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      this.#quarantine(reason, raw)
      this.#parts.onDoubt(this.#parts.scrub(`a message of the account stream could not be understood: ${reason}`))
    }
  }

  #quarantine(reason: string, raw: string): void {
    const { clock, scrub, emit } = this.#parts
    emit({ type: 'quarantined', time: clock.now(), reason: scrub(reason), raw: scrub(raw) })
  }

  #emitAll(events: readonly AccountEvent[]): void {
    for (const event of events) this.#parts.emit(event)
  }

  #readPayload(payload: unknown): void {
    const name = eventNameOf(payload)
    if (name === null || IGNORED.has(name)) return
    switch (name) {
      case 'ORDER_TRADE_UPDATE':
        return this.#takeOrder(parseOrderTradeUpdate(payload))
      case 'ALGO_UPDATE':
        return this.#takeAlgo(parseAlgoUpdate(payload))
      case 'TRADE_LITE':
        return this.#parts.emit(noticeOf(parseTradeLite(payload)))
      case 'ACCOUNT_UPDATE':
        return this.#emitAll(this.#accountUpdates.read(parseAccountUpdate(payload)))
      case 'ACCOUNT_CONFIG_UPDATE':
        return this.#emitAll(translateAccountConfig(parseAccountConfigUpdate(payload)))
      case 'MARGIN_CALL': {
        const { eventTime: time, symbols } = parseMarginCall(payload)
        return this.#parts.emit({ type: 'marginCalled', time, symbols })
      }
      case 'listenKeyExpired':
        return this.#parts.onKeyExpired()
      default:
        return this.#quarantine(`expected an event we know, got ${name}`, JSON.stringify(payload))
    }
  }

  #takeOrder(update: OrderTradeUpdate): void {
    this.#linker.take(update)
  }

  #takeAlgo(update: AlgoUpdate): void {
    const { account, registry, emit, onDoubt } = this.#parts
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
    if (childOrderId !== null) this.#linker.linked(childOrderId)
    else if (isEnding(news.status)) registry.end(order)
    if (update.status === 'FINISHED' && childOrderId === null)
      onDoubt(`${clientOrderId} finished without naming its child`)
  }
}

/** Reads the account stream of Binance: ordinary orders, conditional orders and their children, positions, balances, settings. */
export function createAccountReader(parts: ReaderParts): AccountReader {
  return new Reader(parts)
}
