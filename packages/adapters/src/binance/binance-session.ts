import type { WriteSession } from '../fapi/write-session.js'

/** A session with what is particular to Binance. */
export interface BinanceSession extends WriteSession {
  /** Where the account events of a listen key are read. */
  readonly accountAddress: (listenKey: string) => string
}
