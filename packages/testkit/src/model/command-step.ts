import type { CommandLine } from '../lines/input-line.js'
import type { ModelBook, ModelTranche } from './model-book.js'
import { mergeTranches } from './merge-tranches.js'
import { gain, openTranches, theNamed } from './profit.js'
import { isPositive, parseRatio, type Ratio } from '../exact/ratio.js'
import { moveStopInFavour } from './stops.js'
import type { ModelRules } from './targets.js'

function allOpen(book: ModelBook): readonly ModelTranche[] {
  return [...openTranches(book.groups.LONG), ...openTranches(book.groups.SHORT)]
}

function openNamed(book: ModelBook, name: string): ModelTranche | undefined {
  return theNamed(allOpen(book), name)
}

/** A label is refused that could be an id, or that another open tranche has. */
function relabel(book: ModelBook, tranche: ModelTranche, label: string | null): void {
  const isTaken = allOpen(book).some((other) => other !== tranche && other.label === label)
  if (label === null || (!isTaken && !/^T[0-9]+$/.test(label))) tranche.label = label
}

function moveStop(tranche: ModelTranche, price: Ratio, isForced: boolean): void {
  const isAgainst = tranche.stopPrice !== null && isPositive(gain(tranche.side, price, tranche.stopPrice))
  if (isAgainst && isForced) {
    tranche.stopPrice = price
    tranche.stopMovedBy = 'command'
    // The rules do not say whether a trailing stop takes back what a command forced.
    if (tranche.trailingBest !== null) tranche.areTargetsOpen = true
  } else moveStopInFavour(tranche, price, 'command')
}

/** Merges what is named, unless a name is not open, sides differ, or less than two are left. */
function merge(book: ModelBook, names: readonly string[], rules: ModelRules): void {
  const found = new Set(names.map((name) => openNamed(book, name)))
  const tranches = [...found].flatMap((tranche) => tranche ?? [])
  const sides = new Set(tranches.map((tranche) => tranche.side))
  if (!found.has(undefined) && sides.size === 1) mergeTranches(book, tranches, rules)
}

/** What a command does to the book by itself. Those that only send orders change nothing before their fills. */
export function applyCommand(book: ModelBook, line: CommandLine, rules: ModelRules): void {
  if (line.command === 'mergeTranches') return merge(book, line.tranches, rules)
  if (!('tranche' in line)) return
  const tranche = openNamed(book, line.tranche)
  if (tranche === undefined) return
  if (line.command === 'isolateTranche') tranche.isolated = true
  else if (line.command === 'releaseTranche') tranche.isolated = false
  else if (line.command === 'labelTranche') relabel(book, tranche, line.label)
  else if (line.command === 'moveStop') moveStop(tranche, parseRatio(line.price), line.force === true)
  else if (line.command === 'moveTakeProfit' && tranche.levels.length === 0) {
    tranche.takeProfitPrice = line.price === null ? null : parseRatio(line.price)
  }
}
