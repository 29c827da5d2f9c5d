import fc from 'fast-check'
import type { TrancheBook } from '../../src/book/book.js'
import type { BookEvent } from '../../src/book/events.js'
import type { Side } from '../../src/book/tranche.js'
import type { SymbolConfig } from '../../src/config/symbol-config.js'
import { unknownInstrument } from '../../src/instrument/instrument.js'
import type { Input } from '../../src/observe/inputs.js'
import { parseInput } from '../../src/observe/parse-input.js'
import { runBook } from '../../src/replay/run-book.js'
import { NO_LIMITS, PLAIN_CONFIG } from './context-builder.js'

/** One thing that happens; the time between things is 10 s. */
export type Scene =
  | {
      readonly type: 'fill'
      readonly side: Side
      readonly enters: boolean
      readonly quantity: string
      readonly price: string
      readonly fee: string | null
      readonly feeAsset: string
      /** Happened 25 s before it is told. */
      readonly isLate: boolean
    }
  | { readonly type: 'lateFee'; readonly back: number; readonly fee: string }
  | { readonly type: 'mark'; readonly price: string }
  | { readonly type: 'funding'; readonly amount: string; readonly side: Side }
  | { readonly type: 'report'; readonly side: Side; readonly quantity: string; readonly price: string }
  | { readonly type: 'command'; readonly body: Readonly<Record<string, unknown>> }

/** A book that lived through scenes, and everything it recorded. */
export interface Story {
  readonly book: TrancheBook
  readonly events: readonly BookEvent[]
}

const SYMBOL = 'BTCUSDT'
const PACE_MS = 10_000
const LATE_MS = 25_000

function fillOf(scene: Extract<Scene, { type: 'fill' }>): Record<string, unknown> {
  const isBuy = (scene.side === 'LONG') === scene.enters
  const { side: positionSide, quantity, price, fee, feeAsset } = scene
  return {
    type: 'fill',
    side: isBuy ? 'BUY' : 'SELL',
    positionSide,
    quantity,
    price,
    ...(fee === null ? {} : { fee, feeAsset }),
  }
}

function rawOf(scene: Exclude<Scene, { type: 'lateFee' }>): Record<string, unknown> {
  switch (scene.type) {
    case 'fill':
      return fillOf(scene)
    case 'mark':
      return { type: 'mark', price: scene.price }
    case 'funding':
      return { type: 'funding', amount: scene.amount, asset: 'USDT', positionSide: scene.side }
    case 'report':
      return {
        type: 'position',
        positionSide: scene.side,
        quantity: scene.quantity,
        entryPrice: scene.price,
        markPrice: scene.price,
      }
    case 'command':
      return { type: 'command', ...scene.body }
  }
}

/** Lets a hedge book live through scenes, every one of them parsed, decided and folded as in earnest. */
export function tell(scenes: readonly Scene[], config: Partial<SymbolConfig> = {}): Story {
  const run = runBook(
    { account: 'main', symbol: SYMBOL, positionMode: 'HEDGE' },
    {
      config: { ...PLAIN_CONFIG, driftSettleMs: 0, ...config },
      limits: NO_LIMITS,
      instrument: unknownInstrument(SYMBOL),
      readiness: { isLive: true, reasons: [] },
      sending: 'observe',
      conditionalRoom: null,
      closingRules: new Map(),
    },
  )
  const events: BookEvent[] = []
  const unpaid: Record<string, unknown>[] = []
  const take = (raw: Record<string, unknown>, sequence: number): void => {
    const input: Input = parseInput(raw, { account: 'main', positionMode: 'HEDGE', sequence })
    events.push(...run.take(input).events)
  }
  for (const [index, scene] of scenes.entries()) {
    const header = { symbol: SYMBOL, time: (index + 1) * PACE_MS, tradeId: `${index}`, id: `${index}` }
    if (scene.type === 'lateFee') {
      const fill = unpaid.splice(-1 - (scene.back % Math.max(1, unpaid.length)), 1)[0]
      if (fill !== undefined) take({ ...fill, fee: scene.fee, feeAsset: 'USDT' }, index)
      continue
    }
    const isLate = scene.type === 'fill' && scene.isLate
    const raw = { ...header, ...rawOf(scene), ...(isLate ? { time: Math.max(1, header.time - LATE_MS) } : {}) }
    if (scene.type === 'fill' && scene.fee === null) unpaid.push(raw)
    take(raw, index)
  }
  return { book: run.book, events }
}

const side = fc.constantFrom<Side>('LONG', 'LONG', 'SHORT')
const decimal = (min: number, max: number, decimals: number): fc.Arbitrary<string> =>
  fc.integer({ min, max }).map((units) => {
    const text = `${Math.abs(units)}`.padStart(decimals + 1, '0')
    return `${units < 0 ? '-' : ''}${text.slice(0, -decimals)}.${text.slice(-decimals)}`
  })
const price = decimal(4_000_000, 6_000_000, 2)
const quantity = decimal(1, 9, 3)
const tranche = fc.integer({ min: 1, max: 6 }).map((number) => `T${number}`)

const fill = fc.record({
  type: fc.constant('fill' as const),
  side,
  enters: fc.constantFrom(true, true, false),
  quantity,
  price,
  fee: fc.option(decimal(0, 500, 3), { nil: null }),
  feeAsset: fc.constantFrom('USDT', 'USDT', 'BNB'),
  isLate: fc.constantFrom(false, false, false, true),
})

const command = fc.oneof(
  fc.record({ command: fc.constant('isolateTranche'), tranche }),
  fc.record({ command: fc.constant('releaseTranche'), tranche }),
  fc.record({ command: fc.constant('labelTranche'), tranche, label: fc.constantFrom('swing', 'scalp') }),
  fc.record({ command: fc.constant('annotateTranche'), tranche, note: fc.constant('watch this') }),
  fc.record({ command: fc.constant('moveStop'), tranche, price, force: fc.boolean() }),
  fc.record({
    command: fc.constant('mergeTranches'),
    tranches: fc.uniqueArray(tranche, { minLength: 2, maxLength: 2 }),
  }),
)

const scene: fc.Arbitrary<Scene> = fc.oneof(
  { weight: 8, arbitrary: fill },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('mark' as const), price }) },
  {
    weight: 1,
    arbitrary: fc.record({ type: fc.constant('lateFee' as const), back: fc.nat(5), fee: decimal(0, 500, 3) }),
  },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('funding' as const), amount: decimal(-999, 999, 3), side }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('report' as const), side, quantity, price }) },
  { weight: 2, arbitrary: command.map((body) => ({ type: 'command' as const, body })) },
)

/** A life of up to 40 scenes and the rules it is lived by. */
export const aStory: fc.Arbitrary<Story> = fc
  .record({
    scenes: fc.array(scene, { maxLength: 40, size: 'max' }),
    closingStrategy: fc.constantFrom('LIFO', 'FIFO', 'WORST_FIRST', 'HIFO', 'PRO_RATA'),
    entryMode: fc.constantFrom('NEW_TRANCHE' as const, 'AVERAGE_UNTIL_UNDERWATER' as const),
    enableScaledTakeProfit: fc.boolean(),
  })
  .map(({ scenes, ...config }) => tell(scenes, config))
