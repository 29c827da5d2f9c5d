import type { ApiSession } from '../fapi/api-session.js'
import { openAccountStream } from '../fapi/streams/account-stream.js'
import type { ListenKeyCalls } from '../fapi/streams/listen-key-life.js'
import { openMarkStream } from '../fapi/streams/mark-stream.js'
import { openTradeStream } from '../fapi/streams/trade-stream.js'
import { paidEitherWay } from '../fapi/translate/fill-input.js'
import type { VenueStream } from '../venue.js'
import type { AccountEvent, MarketEvent } from '../venue/account-event.js'
import type { PublicTradeEvent } from '../venue/market-source.js'
import type { AsterSession } from './aster-session.js'
import {
  ACCOUNT_PING_MS,
  ACCOUNT_SILENCE_MS,
  EXPIRY_WAIT_MS,
  LISTEN_KEY_REFRESH_MS,
  MARK_SILENCE_MS,
  MAX_SINGLE_MARK_STREAMS,
} from './constants.js'
import { findRow } from './reads.js'
import { createAccountReader } from './translate/account-reader.js'
import { listenKeyRequest, parseListenKey } from './wire/listen-key.js'

const CONNECT_TIMEOUT_MS = 10_000
const NO_SUCH_KEY = '-1125'

function listenKeysOf({ api, reader, version }: AsterSession): ListenKeyCalls {
  return {
    create: () => reader.read(listenKeyRequest(version, 'POST'), parseListenKey),
    extend: async () => {
      const verdict = await api.send(listenKeyRequest(version, 'PUT'))
      if (verdict.outcome === 'done') return 'extended'
      return verdict.outcome === 'refused' && verdict.code === NO_SUCH_KEY ? 'gone' : 'failed'
    },
  }
}

/** Mark prices; paths are not split here. */
export function streamMarks(
  { clock, account, streamBase: base }: ApiSession,
  symbols: readonly string[],
  listener: (event: MarketEvent) => void,
): VenueStream {
  return openMarkStream(
    { clock, account, symbols, base, mostSingleStreams: MAX_SINGLE_MARK_STREAMS, silenceMs: MARK_SILENCE_MS },
    listener,
  )
}

/** Trades of others. */
export function streamTrades(
  { clock, streamBase: base }: ApiSession,
  symbols: readonly string[],
  listener: (event: PublicTradeEvent) => void,
): VenueStream {
  return openTradeStream({ clock, symbols, base }, listener)
}

/** Account events, in whatever order the venue sends them. */
export function streamAccount(session: AsterSession, listener: (event: AccountEvent) => void): VenueStream {
  const { clock, scrub, account, registry, streamBase } = session
  return openAccountStream(
    {
      clock,
      keys: listenKeysOf(session),
      keyRefreshMs: LISTEN_KEY_REFRESH_MS,
      addressOf: (listenKey) => `${streamBase}/ws/${listenKey}`,
      createReader: (door) =>
        createAccountReader({
          ...door,
          clock,
          scrub,
          account,
          registry,
          readFee: paidEitherWay,
          expiryWaitMs: EXPIRY_WAIT_MS,
          lookUp: (symbol, orderId) => findRow(session, symbol, { orderId }),
        }),
      silenceMs: ACCOUNT_SILENCE_MS,
      pingMs: ACCOUNT_PING_MS,
      connectTimeoutMs: CONNECT_TIMEOUT_MS,
    },
    listener,
  )
}
