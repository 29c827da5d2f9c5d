import type { ModelAmounts, ModelGroup, ModelSide, ModelTranche } from './model-book.js'
import { add, HUNDRED, multiply, negative, quotient, type Ratio, subtract, total, ZERO } from '../exact/ratio.js'

/** A price difference, positive where it is a gain for the side. */
export function gain(side: ModelSide, from: Ratio, to: Ratio): Ratio {
  const rise = subtract(to, from)
  return side === 'LONG' ? rise : negative(rise)
}

/** Unrealized P&L of a tranche in quote. */
export function unrealized(tranche: ModelTranche, price: Ratio): Ratio {
  return multiply(gain(tranche.side, tranche.entryPrice, price), tranche.quantity)
}

/** Side-signed price move ÷ entry × 100. */
export function gainPercent(side: ModelSide, entry: Ratio, price: Ratio): Ratio {
  return multiply(quotient(gain(side, entry, price), entry), HUNDRED)
}

/** Open tranches of a group, in order of creation. */
export function openTranches(group: ModelGroup): ModelTranche[] {
  return group.tranches.filter((tranche) => tranche.status === 'open')
}

function theOnly(named: readonly ModelTranche[]): ModelTranche | undefined {
  return named.length === 1 ? named[0] : undefined
}

/** The one that a command names: the one with that id, otherwise the only one with that label. */
export function theNamed(open: readonly ModelTranche[], name: string): ModelTranche | undefined {
  return open.find((tranche) => tranche.id === name) ?? theOnly(open.filter((tranche) => tranche.label === name))
}

/** Those that a fill names: all with that label, otherwise the one with that id. */
export function allLabelled(open: readonly ModelTranche[], name: string): readonly ModelTranche[] {
  const labelled = open.filter((tranche) => tranche.label === name)
  return labelled.length > 0 ? labelled : open.filter((tranche) => tranche.id === name)
}

/** The one that a fill names; nothing where several are called so. */
export function theLabelled(open: readonly ModelTranche[], name: string): ModelTranche | undefined {
  return theOnly(allLabelled(open, name))
}

/** Open quantity of a group. */
export function openQuantity(group: ModelGroup): Ratio {
  return total(openTranches(group).map((tranche) => tranche.quantity))
}

/** Σ price·quantity of what is open. */
export function openCost(group: ModelGroup): Ratio {
  return total(openTranches(group).map((tranche) => multiply(tranche.entryPrice, tranche.quantity)))
}

/** Adds an amount of an asset. */
export function collect(amounts: ModelAmounts, asset: string, amount: Ratio): void {
  amounts.set(asset, add(amounts.get(asset) ?? ZERO, amount))
}

/** Ascending order of two tranches, as for `sort`. */
export type Comparison = (left: ModelTranche, right: ModelTranche) => number

/** The first comparison that tells two apart decides. */
export function inTurn(...comparisons: readonly Comparison[]): Comparison {
  return (left, right) =>
    comparisons.map((comparison) => comparison(left, right)).find((difference) => difference !== 0) ?? 0
}

/** Oldest first: by entry time, then by creation. */
export const oldestFirst = inTurn(
  (left, right) => left.entryTime - right.entryTime,
  (left, right) => left.sequence - right.sequence,
)

/** Newest first: by entry time, then by creation. */
export const newestFirst: Comparison = (left, right) => oldestFirst(right, left)
