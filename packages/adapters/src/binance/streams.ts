import type { ApiSession } from '../fapi/api-session.js'
import { openAccountStream } from '../fapi/streams/account-stream.js'
import type { ListenKeyCalls } from '../fapi/streams/listen-key-life.js'
import { openMarkStream } from '../fapi/streams/mark-stream.js'
import { openTradeStream } from '../fapi/streams/trade-stream.js'
import { paidIsPositive } from '../fapi/translate/fill-input.js'
import type { VenueStream } from '../venue.js'
import type { AccountEvent, MarketEvent } from '../venue/account-event.js'
import type { PublicTradeEvent } from '../venue/market-source.js'
import type { BinanceSession } from './binance-session.js'
import {
  ACCOUNT_PING_MS,
  ACCOUNT_SILENCE_MS,
  LINK_WAIT_MS,
  LISTEN_KEY_REFRESH_MS,
  MARK_SILENCE_MS,
  MAX_SINGLE_MARK_STREAMS,
} from './constants.js'
import { linkChildren } from './find-order.js'
import { createAccountReader } from './translate/account-reader.js'
import { createListenKeyRequest, extendListenKeyRequest, parseListenKey } from './wire/listen-key.js'

const CONNECT_TIMEOUT_MS = 10_000
const NO_SUCH_KEY = '-1125'

function listenKeysOf({ api, reader }: ApiSession): ListenKeyCalls {
  return {
    create: () => reader.read(createListenKeyRequest, parseListenKey),
    extend: async () => {
      const verdict = await api.send(extendListenKeyRequest)
      if (verdict.outcome === 'done') return 'extended'
      return verdict.outcome === 'refused' && verdict.code === NO_SUCH_KEY ? 'gone' : 'failed'
    },
  }
}

/** Mark prices from the market path: the old paths take a subscription and stay silent. */
export function streamMarks(
  { clock, account, streamBase: base }: ApiSession,
  symbols: readonly string[],
  listener: (event: MarketEvent) => void,
): VenueStream {
  return openMarkStream(
    {
      clock,
      account,
      symbols,
      base: `${base}/market`,
      mostSingleStreams: MAX_SINGLE_MARK_STREAMS,
      silenceMs: MARK_SILENCE_MS,
    },
    listener,
  )
}

/** Trades of others, from the market path. */
export function streamTrades(
  { clock, streamBase: base }: ApiSession,
  symbols: readonly string[],
  listener: (event: PublicTradeEvent) => void,
): VenueStream {
  return openTradeStream({ clock, symbols, base: `${base}/market` }, listener)
}

/** Account events from the private path, or one of the other forms that are said to work. */
export function streamAccount(session: BinanceSession, listener: (event: AccountEvent) => void): VenueStream {
  const { clock, scrub, account, registry } = session
  return openAccountStream(
    {
      clock,
      keys: listenKeysOf(session),
      keyRefreshMs: LISTEN_KEY_REFRESH_MS,
      addressOf: session.accountAddress,
      createReader: (door) =>
        createAccountReader({
          ...door,
          clock,
          scrub,
          account,
          registry,
          readFee: paidIsPositive,
          linkWaitMs: LINK_WAIT_MS,
          lookUpChild: (symbol, orders) => linkChildren(session, symbol, orders),
        }),
      silenceMs: ACCOUNT_SILENCE_MS,
      pingMs: ACCOUNT_PING_MS,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
    },
    listener,
  )
}
