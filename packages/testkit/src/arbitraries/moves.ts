import fc from 'fast-check'

/** Where the price goes next. `level` = that many percent from an entry, give or take some ticks. */
export type PriceMove =
  | { readonly to: 'same' }
  | { readonly to: 'ticks'; readonly ticks: number }
  | { readonly to: 'level'; readonly entry: number; readonly percent: number; readonly ticks: number }
  | { readonly to: 'jump'; readonly percent: number }

/** How a fill's fee is reported. */
export type FeeMove = 'quote' | 'rebate' | 'other' | 'zero' | 'unknown'

/** How much a close takes. */
export type ShareMove = 'step' | 'third' | 'lot' | 'all' | 'over'

interface Timed {
  readonly gapMs: number
}

/** One thing that happens in a market, before it has numbers. */
export type Move =
  | (Timed & {
      readonly kind: 'entry' | 'part'
      readonly short: boolean
      readonly steps: number
      readonly price: PriceMove
      readonly fee: FeeMove
      readonly name: number | null
    })
  | (Timed & {
      readonly kind: 'close'
      readonly short: boolean
      readonly share: ShareMove
      readonly price: PriceMove
      readonly fee: FeeMove
      readonly name: number | null
      readonly cause: 'trade' | 'liquidation' | 'adl' | 'settlement'
    })
  | (Timed & { readonly kind: 'mark'; readonly price: PriceMove })
  | (Timed & {
      readonly kind: 'funding'
      readonly units: number
      readonly other: boolean
      readonly short: boolean | null
    })
  | (Timed & { readonly kind: 'position'; readonly short: boolean; readonly drift: DriftMove })
  | (Timed & {
      readonly kind: 'command'
      readonly command: CommandMove
      readonly lot: number
      readonly other: number
      readonly price: PriceMove
    })

/** What a position report says beside the truth. */
export type DriftMove = 'none' | 'more' | 'less' | 'flat' | 'withinTolerance'

/** Commands that change a book at once, and some that only ask for orders. */
const COMMANDS = [
  'isolateTranche',
  'releaseTranche',
  'labelTranche',
  'moveStop',
  'forceStop',
  'moveTakeProfit',
  'mergeTranches',
  'mergeTranches',
  'addToTranche',
  'openTranche',
  'closeTranche',
  'pause',
  'resume',
] as const

export type CommandMove = (typeof COMMANDS)[number]

const gaps: fc.Arbitrary<number> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 260 }) },
  { weight: 3, arbitrary: fc.integer({ min: 251, max: 60_000 }) },
  { weight: 1, arbitrary: fc.constantFrom(249, 250, 251, 3000, 86_400_000) },
)

/** Percentages at which the rules have their bounds. */
const BOUNDS = [-5.3, -5, -3, -2, -1, 0, 1, 3, 5, 8, 10] as const

/** Price moves, biased to exact bounds around entries. */
function priceMoves(): fc.Arbitrary<PriceMove> {
  return fc.oneof(
    { weight: 2, arbitrary: fc.record({ to: fc.constant('same' as const) }) },
    {
      weight: 3,
      arbitrary: fc.record({ to: fc.constant('ticks' as const), ticks: fc.integer({ min: -50, max: 50 }) }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        to: fc.constant('level' as const),
        entry: fc.nat({ max: 4 }),
        percent: fc.constantFrom(...BOUNDS),
        ticks: fc.constantFrom(0, 0, 0, 1, -1),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ to: fc.constant('jump' as const), percent: fc.integer({ min: -30, max: 40 }) }),
    },
  )
}

const fees = fc.constantFrom<FeeMove[]>('quote', 'quote', 'quote', 'rebate', 'other', 'zero', 'unknown')
const names = fc.option(fc.nat({ max: 4 }), { freq: 4 })

/** Entries, and further parts of the entry order before. */
export function entryMoves(): fc.Arbitrary<Move> {
  return fc.record({
    kind: fc.constantFrom('entry' as const, 'entry' as const, 'part' as const),
    gapMs: gaps,
    short: fc.boolean(),
    steps: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 5000 })),
    price: priceMoves(),
    fee: fees,
    name: names,
  })
}

/** Closes of every size and cause. */
export function closeMoves(options: { readonly over: boolean }): fc.Arbitrary<Move> {
  const shares: ShareMove[] = ['step', 'third', 'lot', 'all', ...(options.over ? (['over'] as const) : [])]
  return fc.record({
    kind: fc.constant('close' as const),
    gapMs: gaps,
    short: fc.boolean(),
    share: fc.constantFrom(...shares),
    price: priceMoves(),
    fee: fees,
    name: names,
    cause: fc.constantFrom('trade' as const, 'trade' as const, 'trade' as const, 'liquidation', 'adl', 'settlement'),
  })
}

/** Mark prices. */
export function markMoves(): fc.Arbitrary<Move> {
  return fc.record({ kind: fc.constant('mark' as const), gapMs: gaps, price: priceMoves() })
}

/** Funding payments of both signs. */
export function fundingMoves(): fc.Arbitrary<Move> {
  return fc.record({
    kind: fc.constant('funding' as const),
    gapMs: gaps,
    units: fc.integer({ min: -100_000, max: 100_000 }),
    other: fc.boolean(),
    short: fc.constantFrom<(boolean | null)[]>(true, false, null),
  })
}

/** Position reports, true and drifted. */
export function positionMoves(): fc.Arbitrary<Move> {
  return fc.record({
    kind: fc.constant('position' as const),
    gapMs: gaps,
    short: fc.boolean(),
    drift: fc.constantFrom<DriftMove[]>('none', 'none', 'more', 'less', 'flat', 'withinTolerance'),
  })
}

/** Commands about one or two of the newest tranches. */
export function commandMoves(): fc.Arbitrary<Move> {
  return fc.record({
    kind: fc.constant('command' as const),
    gapMs: gaps,
    command: fc.constantFrom(...COMMANDS),
    lot: fc.nat({ max: 4 }),
    other: fc.nat({ max: 4 }),
    price: priceMoves(),
  })
}
