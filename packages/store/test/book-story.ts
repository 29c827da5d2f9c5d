import {
  ALONE,
  type BookEvent,
  type BookRun,
  BUILT_IN_CLOSING_RULES,
  configFor,
  parseConfig,
  parseInput,
  runBook,
  type TrancheBook,
  unknownInstrument,
} from '@tranchebook/core'
import type { Random } from './random.js'

/** A book that lived, and what it recorded, decision by decision. */
export interface BookStory {
  readonly stream: string
  readonly book: TrancheBook
  readonly decisions: readonly (readonly BookEvent[])[]
}

type Line = Readonly<Record<string, unknown>>

const START = 1_714_000_000_000
const PACE_MS = 5000

const OPTIONS = {
  enableTrancheManagement: true,
  maxTranches: 20,
  maxIsolatedTranches: 20,
  trancheIsolationThreshold: 3,
  enableScaledTakeProfit: true,
  scaledTpLevels: [
    { profitPercent: 1, closePercent: 40 },
    { profitPercent: 2, closePercent: 60 },
  ],
  isolationReleasePercent: 0,
}

const AVERAGING = { ...OPTIONS, entryMode: 'AVERAGE_UNTIL_UNDERWATER', enableScaledTakeProfit: false }

function openIds(book: TrancheBook): readonly string[] {
  return [...book.groups.LONG.tranches, ...book.groups.SHORT.tranches].map(({ id }) => id)
}

function command(random: Random, book: TrancheBook, price: string): Line {
  const ids = openIds(book)
  const [tranche = 'T1'] = ids.slice(random.below(Math.max(ids.length, 1)))
  return random.pick<Line>([
    { command: 'openTranche', side: 'LONG', quantity: '0.01', price, label: 'by hand' },
    { command: 'openTranche', side: 'SHORT', quantity: '0.02', price: null },
    { command: 'addToTranche', tranche, quantity: '0.005', price },
    { command: 'closeTranche', tranche, quantity: '0.003', price: null },
    { command: 'labelTranche', tranche, label: `label ${random.below(9)}` },
    { command: 'annotateTranche', tranche, note: `note "${random.below(9)}"` },
    { command: 'isolateTranche', tranche },
    { command: 'releaseTranche', tranche },
    { command: 'moveStop', tranche, price, force: true },
    { command: 'moveTakeProfit', tranche, price },
    { command: 'mergeTranches', tranches: book.groups.LONG.tranches.slice(0, 2).map(({ id }) => id) },
  ])
}

function fill(random: Random, book: TrancheBook, price: string): Line {
  const order = random.below(3) === 0 ? [...book.orders.values()][0] : undefined
  const quantity = `0.0${1 + random.below(9)}`
  const paid = random.below(4) === 0 ? {} : { fee: '0.012', feeAsset: random.pick(['USDT', 'BNB']) }
  const positionSide = order?.positionSide ?? random.pick(['LONG', 'SHORT'])
  const side = order?.orderSide ?? random.pick(['BUY', 'SELL'])
  const kind = random.below(12) === 0 ? 'liquidation' : 'trade'
  const clientOrderId = order?.clientOrderId ?? null
  return { type: 'fill', kind, side, positionSide, quantity, price, clientOrderId, ...paid }
}

function orderReport(random: Random, book: TrancheBook): Line {
  const [order] = [...book.orders.values()].slice(random.below(Math.max(book.orders.size, 1)))
  const status = random.pick([
    'acknowledged',
    'triggered',
    'filled',
    'cancelled',
    'expired',
    'refused',
    'unknown',
    'cancelRefused',
  ])
  const clientOrderId = order?.clientOrderId ?? 'none'
  const filledQuantity = status === 'filled' ? '0.05' : null
  return {
    type: 'order',
    clientOrderId,
    status,
    filledQuantity,
    orderId: `v${clientOrderId}`,
    childOrderId: `c${clientOrderId}`,
  }
}

/** A fill told again, now with the fee that was missing. */
function lateFee(book: TrancheBook, price: string): Line {
  const [tradeId] = [...book.fills.seen].flatMap(([id, memory]) => (memory.owed === null ? [] : [id]))
  if (tradeId === undefined) return { type: 'mark', price }
  const again = { type: 'fill', side: 'BUY', positionSide: 'LONG', quantity: '0.01', price, tradeId }
  return { ...again, fee: '0.03', feeAsset: 'USDT' }
}

function lineOf(random: Random, book: TrancheBook, turn: number): Line {
  const price = String(50_000 + random.below(4000) - 2000)
  const kind = random.below(22)
  if (kind < 1) return lateFee(book, price)
  if (kind < 9) return { ...fill(random, book, price), tradeId: String(turn) }
  if (kind < 12) return { type: 'mark', price }
  if (kind < 13) return { type: 'funding', amount: '-0.12', asset: 'USDT', fundingId: `f${turn}`, positionSide: 'LONG' }
  if (kind < 14) return { type: 'review' }
  if (kind < 16) return orderReport(random, book)
  if (kind < 18) {
    const quantity = `0.${Math.floor(turn / 40) % 9}`
    return { type: 'position', positionSide: 'LONG', quantity, entryPrice: price, markPrice: price }
  }
  return { type: 'command', ...command(random, book, price) }
}

function start(account: string, options: object): BookRun {
  const config = parseConfig({
    positionMode: 'HEDGE',
    account,
    symbols: { BTCUSDT: options },
  })
  return runBook(
    { account, symbol: 'BTCUSDT', positionMode: 'HEDGE' },
    {
      config: configFor(config, 'BTCUSDT'),
      limits: config.limits,
      instrument: unknownInstrument('BTCUSDT'),
      readiness: { isLive: true, reasons: [] },
      sending: 'trade',
      conditionalRoom: null,
      closingRules: new Map(Object.entries(BUILT_IN_CLOSING_RULES)),
    },
  )
}

/** The next line of a story, given the book so far and the number of the line. */
type NextLine = (book: TrancheBook, turn: number) => Line

function tell(run: BookRun, length: number, nextLine: NextLine): BookStory {
  const { account } = run.book
  const decisions: (readonly BookEvent[])[] = []
  for (let turn = 1; turn <= length; turn += 1) {
    const line = { time: START + turn * PACE_MS, symbol: 'BTCUSDT', ...nextLine(run.book, turn) }
    const input = parseInput(line, { account, positionMode: 'HEDGE', sequence: turn })
    const { events } = run.take(input, { account: ALONE })
    if (events.length > 0) decisions.push(events)
  }
  return { stream: `${account}/BTCUSDT`, book: run.book, decisions }
}

/** A book driven by random inputs: fills, marks, commands, orders, funding, position reports. */
export function tellStory(random: Random, account: string, length: number): BookStory {
  return tell(start(account, random.below(2) === 0 ? AVERAGING : OPTIONS), length, (book, turn) =>
    lineOf(random, book, turn),
  )
}

/** A book whose position the venue reported before it told the fills: estimates of an exit and of an entry, then proven. */
export function tellOfEstimates(account: string): BookStory {
  const traded = { type: 'fill', positionSide: 'LONG', fee: '0.2', feeAsset: 'USDT' }
  const report = { type: 'position', positionSide: 'LONG', entryPrice: '50000' }
  const lines: readonly Line[] = [
    { ...traded, side: 'BUY', quantity: '0.003', price: '50000', tradeId: '1' },
    { ...report, quantity: '0.001', markPrice: '51000' },
    { ...traded, side: 'SELL', quantity: '0.002', price: '51500', tradeId: '2', time: START + PACE_MS + 1 },
    { ...report, quantity: '0.004', markPrice: '51000' },
    { ...traded, side: 'SELL', quantity: '0.0015', price: '51500', tradeId: '3' },
    { ...traded, side: 'BUY', quantity: '0.001', price: '50401.7', tradeId: '4', time: START + 3 * PACE_MS + 1 },
    { ...traded, side: 'SELL', quantity: '0.0007', price: '51600', tradeId: '5' },
    { ...traded, side: 'BUY', quantity: '0.002', price: '50800.3', tradeId: '6', time: START + 3 * PACE_MS + 2 },
  ]
  return tell(start(account, { driftSettleMs: 0 }), lines.length, (_, turn) => lines[turn - 1] ?? {})
}
