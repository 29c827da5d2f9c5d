import fc from 'fast-check'
import { clientOrderIdOf } from '../src/book/client-order-id.js'
import type { BookEvent } from '../src/book/events.js'
import { parseConfig } from '../src/config/parse-config.js'
import type { PositionMode } from '../src/config/symbol-config.js'
import type { Input } from '../src/observe/inputs.js'
import { parseInput } from '../src/observe/parse-input.js'
import { type RunOptions, runInputs } from '../src/replay/run-inputs.js'

const SYMBOL = 'BTCUSDT'
const BEGIN = 1_714_000_000_000

/** A line of an input file, without its time. */
type Line = Readonly<Record<string, unknown>>

/** Recorded inputs, and how they are to be decided. */
export interface RandomRun {
  readonly inputs: readonly Input[]
  readonly options: RunOptions
}

const side = fc.constantFrom('LONG', 'SHORT')
const price = fc.integer({ min: 80, max: 120 }).map(String)
const QUANTITIES = ['0.5', '1', '1', '1', '2', '3', '0.3']
const quantity = fc.constantFrom(...QUANTITIES)
const tranche = fc.constantFrom('T1', 'T2', 'T3', 'T4', 'alpha')
const ownOrder = fc
  .integer({ min: 1, max: 9 })
  .map((intent) => clientOrderIdOf({ stream: `main/${SYMBOL}`, intent, attempt: 1 }))

function fills(mode: PositionMode): fc.Arbitrary<Line> {
  return fc
    .record({
      tradeId: fc.integer({ min: 1, max: 400 }).map(String),
      side,
      enters: fc.boolean(),
      price,
      fee: fc.constantFrom(null, '0.01', '0.02', '0.013'),
      feeAsset: fc.constantFrom('USDT', 'BNB', '1000', 'BNFCR'),
      realizedPnl: fc.constantFrom(null, '0', '1.5', '-2'),
      clientOrderId: fc.option(ownOrder, { freq: 3 }),
      orderId: fc.option(fc.constantFrom('10', '11', '12')),
      tranche: fc.option(tranche, { freq: 3 }),
      kind: fc.constantFrom('trade', 'trade', 'trade', 'liquidation', 'adl'),
    })
    .map(({ enters, ...fill }) => ({
      ...fill,
      type: 'fill',
      // A trade that is reported again is the same trade.
      quantity: QUANTITIES[Number(fill.tradeId) % QUANTITIES.length],
      side: (fill.side === 'LONG') === enters ? 'BUY' : 'SELL',
      positionSide: mode === 'HEDGE' ? fill.side : 'BOTH',
    }))
}

function positions(mode: PositionMode): fc.Arbitrary<Line> {
  return fc
    .record({
      side,
      quantity: fc.integer({ min: 0, max: 6 }),
      entryPrice: fc.option(price),
      markPrice: fc.option(price),
    })
    .map((report) => ({
      ...report,
      type: 'position',
      positionSide: mode === 'HEDGE' ? report.side : 'BOTH',
      quantity: mode === 'ONE_WAY' && report.side === 'SHORT' ? `-${report.quantity}` : String(report.quantity),
    }))
}

const orders: fc.Arbitrary<Line> = fc.record({
  type: fc.constant('order'),
  clientOrderId: ownOrder,
  status: fc.constantFrom(
    'acknowledged',
    'triggered',
    'filled',
    'cancelled',
    'expired',
    'refused',
    'unknown',
    'absent',
    'cancelRefused',
  ),
  orderId: fc.option(fc.constantFrom('10', '11', '12')),
  childOrderId: fc.option(fc.constantFrom('20', '21')),
  filledQuantity: fc.option(fc.constantFrom('0', '1', '0.5')),
  wouldTrigger: fc.boolean(),
})

const commands: fc.Arbitrary<Line> = fc.oneof(
  fc.record({
    command: fc.constant('openTranche'),
    side,
    quantity,
    price: fc.option(price),
    label: fc.option(tranche),
  }),
  fc.record({ command: fc.constant('addToTranche'), tranche, quantity, price: fc.option(price) }),
  fc.record({ command: fc.constant('closeTranche'), tranche, quantity: fc.option(quantity), price: fc.option(price) }),
  fc.record({ command: fc.constant('mergeTranches'), tranches: fc.array(tranche, { minLength: 2, maxLength: 3 }) }),
  fc.record({ command: fc.constant('labelTranche'), tranche, label: fc.constantFrom('alpha', 'beta', null) }),
  fc.record({ command: fc.constantFrom('isolateTranche', 'releaseTranche'), tranche }),
  fc.record({ command: fc.constant('annotateTranche'), tranche, note: fc.constant('seen') }),
  fc.record({ command: fc.constant('moveStop'), tranche, price, force: fc.boolean() }),
  fc.record({ command: fc.constant('moveTakeProfit'), tranche, price: fc.option(price) }),
  fc.record({ command: fc.constant('closeGroup'), side }),
  fc.record({
    command: fc.constantFrom(
      'pause',
      'gracefulStop',
      'killSwitch',
      'resume',
      'resume',
      'resolveConflict',
      'takeOver',
      'flatten',
    ),
  }),
  fc.record({
    command: fc.constant('configure'),
    options: fc.constantFrom({ tpPercent: '7' }, { closingStrategy: 'HIFO' }, { maxTranches: 2 }),
  }),
)

function lines(mode: PositionMode): fc.Arbitrary<Line> {
  const funding = fc.record({
    type: fc.constant('funding'),
    id: fc.integer({ min: 1, max: 20 }).map(String),
    amount: fc.constantFrom('-0.12', '0.07'),
    asset: fc.constantFrom('USDT', '1000'),
    positionSide: fc.option(fc.constantFrom('LONG', 'SHORT')),
  })
  return fc.oneof(
    { weight: 9, arbitrary: fills(mode) },
    { weight: 6, arbitrary: fc.record({ type: fc.constant('mark'), price }) },
    { weight: 2, arbitrary: positions(mode) },
    { weight: 3, arbitrary: orders },
    { weight: 1, arbitrary: funding },
    { weight: 1, arbitrary: fc.record({ type: fc.constantFrom('tick', 'review') }) },
    { weight: 4, arbitrary: commands.map((command) => ({ type: 'command', actor: 'bot', ...command })) },
  )
}

/** Options that decide something, as a file would hold them. */
const randomOptions: fc.Arbitrary<Line> = fc.record({
  closingStrategy: fc.constantFrom('LIFO', 'FIFO', 'WORST_FIRST', 'BEST_FIRST', 'HIFO', 'LOFO', 'PRO_RATA'),
  entryMode: fc.constantFrom('NEW_TRANCHE', 'AVERAGE_UNTIL_UNDERWATER'),
  isolationAction: fc.constantFrom('HOLD', 'REDUCE_LEVERAGE', 'PARTIAL_CLOSE'),
  isolationReleasePercent: fc.constantFrom(null, '0'),
  trancheAutoCloseIsolated: fc.boolean(),
  maxTranches: fc.integer({ min: 1, max: 4 }),
  enableScaledTakeProfit: fc.boolean(),
  scaledTpLevels: fc.constant([
    { profitPercent: '3', closePercent: '40' },
    { profitPercent: '5', closePercent: '30' },
    { profitPercent: '8', closePercent: '30' },
  ]),
  trailingStopPercent: fc.constantFrom(null, '3'),
  driftPolicy: fc.constantFrom('ADOPT', 'ADOPT', 'HALT', 'ALERT'),
  driftSettleMs: fc.constantFrom('0', '500').map(Number),
  reorderWindowMs: fc.constantFrom(0, 250),
  maxPositionLoss: fc.constantFrom(null, '20'),
  maxTrancheAgeMs: fc.constantFrom(null, 3000),
})

/** How a run is to be decided, from options as a file holds them. */
export function runOptions(positionMode: PositionMode, defaults: Line): RunOptions {
  const config = parseConfig({ positionMode, defaults })
  return { config, positionMode, instruments: new Map(), closingRules: new Map(), sending: 'trade' }
}

function parseLines(drawn: readonly { line: Line; after: number }[], positionMode: PositionMode): readonly Input[] {
  let time = BEGIN
  return drawn.map(({ line, after }, sequence) => {
    time = Math.max(BEGIN, time + after)
    return parseInput({ ...line, time, symbol: SYMBOL }, { account: 'main', positionMode, sequence })
  })
}

/** Lives of one book, with duplicates, disorder, partial fills, drift, refusals and commands that make no sense. */
export function randomRuns(maxLength = 40): fc.Arbitrary<RandomRun> {
  return fc.constantFrom<PositionMode>('HEDGE', 'ONE_WAY').chain((mode) => {
    const line = fc.record({ line: lines(mode), after: fc.constantFrom(0, 1, 100, 400, 1000, 2000, -50, -600) })
    return fc
      .tuple(fc.array(line, { minLength: 1, maxLength, size: 'max' }), randomOptions)
      .map(([drawn, defaults]) => ({ inputs: parseLines(drawn, mode), options: runOptions(mode, defaults) }))
  })
}

/** What one book recorded in such a life; never empty. */
export function randomLogs(maxLength = 40): fc.Arbitrary<readonly BookEvent[]> {
  return randomRuns(maxLength)
    .map(({ inputs, options }) => runInputs(inputs, options).books[0]?.events ?? [])
    .filter((events) => events.length > 0)
}
