/** Fields of an order message that a test cares about; the rest is that of a market order of 0.002 BTC. */
export interface OrderMessage {
  readonly c?: string
  readonly i: number | string
  readonly S?: string
  readonly o?: string
  readonly ot?: string
  readonly x?: string
  readonly X?: string
  readonly q?: string
  readonly l?: string
  readonly z?: string
  readonly t?: number
  readonly L?: string
  readonly ps?: string
  readonly T?: number
}

/** `ORDER_TRADE_UPDATE` as the venues write it; long ids stay numbers. */
export function orderMessage({ T = 1_000, i, ...order }: OrderMessage): string {
  const o = {
    s: 'BTCUSDT',
    c: 'someone',
    S: 'SELL',
    o: 'MARKET',
    f: 'GTC',
    q: '0.002',
    p: '0',
    ap: '0',
    sp: '0',
    x: 'NEW',
    X: 'NEW',
    l: '0',
    z: '0',
    L: '0',
    n: '0.05',
    N: 'USDT',
    T,
    t: 0,
    m: false,
    R: true,
    wt: 'MARK_PRICE',
    ot: 'MARKET',
    ps: 'BOTH',
    cp: false,
    rp: '0',
    ...order,
  }
  return JSON.stringify({ e: 'ORDER_TRADE_UPDATE', T, E: T + 1, o }).replace('"s":"BTCUSDT"', `"i":${i},"s":"BTCUSDT"`)
}

/** A whole trade of that order. */
export function tradeMessage(order: OrderMessage): string {
  return orderMessage({ x: 'TRADE', X: 'FILLED', l: '0.002', z: '0.002', L: '49000.5', t: 77, ...order })
}

/** Fields of a message about a conditional order that a test cares about. */
export interface AlgoMessage {
  readonly X: string
  readonly caid?: string
  readonly ai?: string
  readonly aq?: string
  readonly S?: string
  readonly T?: number
  readonly rm?: string
  readonly q?: string
  readonly cp?: boolean
}

/** `ALGO_UPDATE` of a stop of 0.002 BTC with client id `tb-stop-1`. */
export function algoMessage({ T = 900, ...order }: AlgoMessage): string {
  const o = {
    caid: 'tb-stop-1',
    aid: 4_000_001_910_701_524,
    at: 'CONDITIONAL',
    o: 'STOP_MARKET',
    s: 'BTCUSDT',
    S: 'SELL',
    ps: 'BOTH',
    f: 'GTC',
    q: '0.002',
    ai: '',
    tp: '49000',
    p: '0',
    wt: 'MARK_PRICE',
    cp: false,
    pP: false,
    R: true,
    tt: 0,
    gtd: 0,
    ...order,
  }
  return JSON.stringify({ e: 'ALGO_UPDATE', T, E: T + 1, o })
}
