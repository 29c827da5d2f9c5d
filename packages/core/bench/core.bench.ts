import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import {
  applyEvent,
  type BookEvent,
  type DecisionContext,
  copyBook,
  decide,
  DEFAULT_CONFIG,
  DEFAULT_LIMITS,
  emptyBook,
  evolve,
  evolveAll,
  type Input,
  parseConfig,
  parseInput,
  replay,
  runInputs,
  type RunOptions,
  type TrancheBook,
  upcast,
  unknownInstrument,
} from '@tranchebook/core'

const IDENTITY = { account: 'bench', symbol: 'BTCUSDT', positionMode: 'HEDGE' } as const
const CONFIG = parseConfig({ defaults: { maxTranches: 200, maxIsolatedTranches: null, closingStrategy: 'LIFO' } })
const OPTIONS: RunOptions = {
  config: CONFIG,
  positionMode: 'HEDGE',
  instruments: new Map(),
  closingRules: new Map(),
  sending: 'observe',
}

/** Context of one decision on a quiet account. */
function contextOf(market: DecisionContext['market']): DecisionContext {
  return {
    config: DEFAULT_CONFIG,
    limits: DEFAULT_LIMITS,
    instrument: unknownInstrument('BTCUSDT'),
    account: { openTranches: 0, activePositions: 0, tradesToday: 0, marginUsed: 0n as never },
    readiness: { isLive: true, reasons: [] },
    sending: 'trade',
    market,
    conditionalRoom: null,
    closingRules: new Map(),
    isLate: false,
  }
}

function fillLine(sequence: number, side: 'BUY' | 'SELL'): unknown {
  const price = `${50_000 + ((sequence * 7) % 400)}.${sequence % 10}`
  return {
    type: 'fill',
    time: 1_714_000_000_000 + sequence * 400,
    symbol: 'BTCUSDT',
    side,
    positionSide: 'LONG',
    quantity: '0.01',
    price,
    fee: '0.25',
    feeAsset: 'USDT',
    tradeId: String(sequence),
    orderId: String(sequence),
    realizedPnl: '0',
  }
}

/** A book that keeps `open` tranches: it opens them, then closes and opens by turns. */
function inputsWith(open: number, count: number): readonly Input[] {
  const inputs: Input[] = []
  for (let sequence = 1; inputs.length < count; sequence += 1) {
    const side = sequence <= open || sequence % 2 === 0 ? 'BUY' : 'SELL'
    inputs.push(parseInput(fillLine(sequence, side), { account: 'bench', positionMode: 'HEDGE', sequence }))
  }
  return inputs
}

function logOf(inputs: readonly Input[]): readonly BookEvent[] {
  return runInputs(inputs, OPTIONS).books.flatMap((ran) => ran.events)
}

/** Best of several rounds, in nanoseconds per item: the round that the machine disturbed least. */
function nanosecondsPer(items: number, rounds: number, work: () => void): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round += 1) {
    const start = process.hrtime.bigint()
    work()
    best = Math.min(best, Number(process.hrtime.bigint() - start) / items)
  }
  return best
}

function foldPlain(log: readonly BookEvent[]): TrancheBook {
  const book = emptyBook(IDENTITY)
  for (const event of log) applyEvent(book, event)
  return book
}

function tickNs(open: number): number {
  const book = foldPlain(logOf(inputsWith(open, open)))
  const mark = parseInput(
    { type: 'mark', time: 1_714_900_000_000, symbol: 'BTCUSDT', price: '50200' },
    { account: 'bench', positionMode: 'HEDGE', sequence: 0 },
  )
  const context = contextOf(null)
  let decided = 0
  const ticks = 1_000_000
  const ns = nanosecondsPer(ticks, 5, () => {
    for (let tick = 0; tick < ticks; tick += 1) decided += decide(book, mark, context).length
  })
  if (decided !== 0) throw new Error('the benchmark means marks that decide nothing')
  return ns
}

function decideFillMicroseconds(): number {
  const count = 20_000
  const inputs = inputsWith(3, count)
  const context = contextOf(null)
  return (
    nanosecondsPer(count, 4, () => {
      const book = emptyBook(IDENTITY)
      for (const input of inputs) for (const event of decide(book, input, context)) applyEvent(book, event)
    }) / 1_000
  )
}

/** Seven marks of ten events, as a log that samples prices looks; the rest are fills that open and close. */
function mixedLog(count: number): readonly BookEvent[] {
  const config = parseConfig({ defaults: { maxTranches: 200, maxIsolatedTranches: null, markSampleMs: 1 } })
  const inputs: Input[] = []
  for (const fill of inputsWith(3, count)) {
    inputs.push(fill)
    for (let tick = 1; tick <= 6; tick += 1) {
      const line = {
        type: 'mark',
        time: fill.time + tick * 40,
        symbol: 'BTCUSDT',
        price: `${50_100 + ((fill.time + tick) % 90)}.5`,
      }
      inputs.push(parseInput(line, { account: 'bench', positionMode: 'HEDGE', sequence: 0 }))
    }
  }
  return runInputs(inputs, { ...OPTIONS, config }).books.flatMap((ran) => ran.events)
}

const REAL_FILLS = new URL('../../../../shared/data/fills/copytrade-5accounts-complete.csv.gz', import.meta.url)

/** Real fills decided and folded per second; `null` where the recorded data is absent. */
function realFillsPerSecond(): number | null {
  if (!existsSync(REAL_FILLS)) return null
  const rows = gunzipSync(readFileSync(REAL_FILLS)).toString('utf8').trim().split('\n').slice(1)
  const inputs = rows.map((row, sequence) => {
    const [account, tradeId, time, symbol, side, positionSide, price, quantity, , fee, feeAsset, realizedPnl] =
      row.split(',')
    const line = {
      type: 'fill',
      account,
      tradeId,
      time: Number(time),
      symbol,
      side,
      positionSide,
      price,
      quantity,
      fee,
      feeAsset,
      realizedPnl,
    }
    return parseInput(line, { account: 'bench', positionMode: null, sequence })
  })
  return Math.round(1e9 / nanosecondsPer(inputs.length, 5, () => runInputs(inputs, { ...OPTIONS, positionMode: null })))
}

/** A log as a store hands it out: parsed from JSON, so that events of one type have one shape. */
function stored(log: readonly BookEvent[]): readonly BookEvent[] {
  return log.map((event, index) => upcast(JSON.parse(JSON.stringify(event)), { stream: 'bench', version: index + 1 }))
}

/** Figures of the core: folding, deciding, ticking. Run alone; they are comparable only within one run. */
export function run(): Promise<Record<string, number | null>> {
  const log = stored(mixedLog(20_000))
  const fills = stored(logOf(inputsWith(3, 60_000)))
  const foldNs = nanosecondsPer(log.length, 9, () => foldPlain(log))
  const short = log.slice(0, 20_000)
  const produceNs = nanosecondsPer(short.length, 2, () => {
    let book = emptyBook(IDENTITY)
    for (const event of short) book = evolve(book, event)
  })
  const batchNs = nanosecondsPer(log.length, 5, () => evolveAll(emptyBook(IDENTITY), log))
  const fillsNs = nanosecondsPer(fills.length, 9, () => foldPlain(fills))
  const book = foldPlain(log)
  const copyNs = nanosecondsPer(1_000, 5, () => {
    for (let copies = 0; copies < 1_000; copies += 1) copyBook(book)
  })
  if (replay(log).version !== book.version) throw new Error('two folds of one log differ')
  return Promise.resolve({
    events: log.length,
    foldEventsPerSecond: Math.round(1e9 / foldNs),
    foldNs,
    produceNs,
    foldVersusProduce: produceNs / foldNs,
    batchEventsPerSecond: Math.round(1e9 / batchNs),
    copyBookMicroseconds: copyNs / 1_000,
    tickNs3: tickNs(3),
    tickNs100: tickNs(100),
    decideFillMicroseconds: decideFillMicroseconds(),
    foldFillEventsPerSecond: Math.round(1e9 / fillsNs),
    realFillsPerSecond: realFillsPerSecond(),
  })
}
