import type { Allocation } from '../book/order.js'
import type { Side } from '../book/tranche.js'
import { type Instrument, meetsMinimums } from '../instrument/instrument.js'
import type { Price } from '../money/price.js'
import type { Quantity } from '../money/quantity.js'
import { type Bundle, carryResidue, cutToCapacity, sumOf } from './bundle.js'
import type { ExitReason } from './desired-orders.js'
import type { SideCapacity } from './side-capacity.js'
import { type Uncovered, uncoveredParts } from './uncovered.js'

/** What is to be closed at market, and why. */
export type ExitBundle = Bundle & { readonly reason: ExitReason }

/** Market exits of a side, and what the venue would not take. */
export interface SideExits {
  /** Reduce the venue's position. */
  readonly reducing: readonly ExitBundle[]
  /** Would be refused as reduce-only: in one-way mode, what the other side's tranches net out. */
  readonly netted: readonly ExitBundle[]
  readonly uncovered: readonly Uncovered[]
}

/** What market exits of a side have to fit. */
export interface ExitRules {
  readonly side: Side
  readonly instrument: Instrument
  readonly limit: SideCapacity['limit']
  /** Capacity that exits in flight have left. */
  readonly room: Quantity
}

/** What nearly every review comes to. */
const NO_EXITS: SideExits = { reducing: [], netted: [], uncovered: [] }

/** Those that are as asked, and the others. */
function split<Kind>(
  all: readonly Kind[],
  isMeant: (one: Kind) => boolean,
): readonly [readonly Kind[], readonly Kind[]] {
  return [all.filter(isMeant), all.filter((one) => !isMeant(one))]
}

const partsOf = (bundles: readonly Bundle[]): readonly Allocation[] => bundles.flatMap(({ parts }) => parts)

/**
 * Brings market exits to step, minimum and capacity. What is below the minimum waits for more: the venue would refuse it again and
 * again. The minimum notional stands against netted exits only, and where a price (a fresh mark) is known.
 */
export function sideExits(
  wanted: readonly ExitBundle[],
  { side, instrument, limit, room, mark }: ExitRules & { readonly mark: Price | null },
): SideExits {
  if (wanted.length === 0) return NO_EXITS
  const { stepSize: step, minQuantity } = instrument
  const isEnough = ({ parts }: Bundle): boolean => sumOf(parts) >= minQuantity
  const isWorthIt = ({ parts }: Bundle): boolean => mark === null || meetsMinimums(instrument, sumOf(parts), mark)
  const stepped = carryResidue(wanted, step)
  const [enough, small] = split(stepped.bundles, isEnough)
  const { within, above } = cutToCapacity(enough, { capacity: room, step })
  const [reducing, cutSmall] = split(within, isEnough)
  const [netted, cheap] = limit === 'venueHoldsLess' ? [[], []] : split(above, isWorthIt)
  return {
    reducing,
    netted,
    uncovered: [
      ...uncoveredParts(stepped.residue, { side, kind: 'exit', reason: 'belowStep' }),
      ...uncoveredParts(partsOf([...small, ...cutSmall, ...cheap]), { side, kind: 'exit', reason: 'belowMinimum' }),
      ...(limit === 'venueHoldsLess' ? uncoveredParts(partsOf(above), { side, kind: 'exit', reason: limit }) : []),
    ],
  }
}
