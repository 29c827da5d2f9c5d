import type { FillLine } from '../lines/input-line.js'
import { splitByStrategy } from './closing-order.js'
import { type ModelProof, proveEstimates } from './estimate-step.js'
import { mergeTranches } from './merge-tranches.js'
import type { ModelBook, ModelGroup, ModelSide, ModelTranche } from './model-book.js'
import { allLabelled, gainPercent, newestFirst, openCost, openQuantity, openTranches, theLabelled } from './profit.js'
import {
  add,
  isPositive,
  least,
  multiply,
  negative,
  order,
  parseRatio,
  quotient,
  type Ratio,
  subtract,
  ZERO,
} from '../exact/ratio.js'
import type { ModelRules } from './targets.js'
import { increaseTranche, type ModelEntry, type ModelExit, openTranche, reduceTranche } from './tranche-steps.js'
import { mirrorFill } from './venue-mirror.js'

/** A fill with its numbers read. */
interface ModelFill {
  readonly line: FillLine
  /** Of the whole fill. */
  readonly whole: Ratio
  /** What no estimate stood for. */
  readonly quantity: Ratio
  readonly price: Ratio
  readonly fee: Ratio | null
  readonly reason: string
}

function reasonOf(line: FillLine): string {
  const id = line.clientOrderId ?? ''
  if (id.startsWith('autoclose-')) return 'liquidation'
  if (id.startsWith('adl_autoclose')) return 'adl'
  return id.startsWith('settlement_autoclose-') ? 'settlement' : 'manual'
}

function readFill(line: FillLine): ModelFill {
  const quantity = parseRatio(line.quantity)
  const price = parseRatio(line.price)
  return {
    line,
    whole: quantity,
    quantity,
    price,
    fee: line.fee === undefined ? null : parseRatio(line.fee),
    reason: reasonOf(line),
  }
}

/** The part of the fee that belongs to a part of the fill. */
function feeOf(fill: ModelFill, quantity: Ratio): Pick<ModelEntry, 'fee' | 'feeAsset'> {
  const { fee } = fill
  return {
    fee: fee === null ? null : quotient(multiply(fee, quantity), fill.whole),
    feeAsset: fill.line.feeAsset ?? null,
  }
}

function named(group: ModelGroup, name: string | undefined): ModelTranche | undefined {
  return name === undefined ? undefined : theLabelled(openTranches(group), name)
}

/** The closing side first: what the fill takes from a group, and what is left of it. */
function closeFrom(group: ModelGroup, fill: ModelFill, rules: ModelRules): Ratio {
  const wanted = least(fill.quantity, openQuantity(group))
  const target = named(group, fill.line.tranche)
  const fromNamed = target === undefined ? ZERO : least(wanted, target.quantity)
  const others = openTranches(group).filter((tranche) => tranche !== target)
  const close = { quantity: subtract(wanted, fromNamed), price: fill.price, stepSize: rules.instrument.stepSize }
  const parts = splitByStrategy(others, close, rules.options)
  if (target !== undefined && isPositive(fromNamed)) parts.unshift({ tranche: target, quantity: fromNamed })
  for (const { tranche, quantity } of parts) reduceTranche(tranche, exitOf(fill, quantity), rules)
  return subtract(fill.quantity, wanted)
}

function exitOf(fill: ModelFill, quantity: Ratio): ModelExit {
  const { time, tradeId } = fill.line
  return { quantity, price: fill.price, time, tradeId, reason: fill.reason, ...feeOf(fill, quantity) }
}

/** The tranche that the order has fed before, while it is open. */
function fedBefore(book: ModelBook, fill: ModelFill, side: ModelSide): ModelTranche | undefined {
  if (fill.line.orderId === undefined) return undefined
  const tranche = book.trancheOfOrder.get(`${side}/${fill.line.orderId}`)
  return tranche?.status === 'open' ? tranche : undefined
}

function isUnderwater(group: ModelGroup, price: Ratio, rules: ModelRules): boolean {
  const average = quotient(openCost(group), openQuantity(group))
  return order(gainPercent(group.side, average, price), negative(rules.options.trancheIncrementPercent)) <= 0
}

/** In averaging mode: the newest tranche that is not isolated, unless the group is under water at this price. */
function averagedInto(group: ModelGroup, fill: ModelFill, rules: ModelRules): ModelTranche | undefined {
  if (rules.options.entryMode !== 'AVERAGE_UNTIL_UNDERWATER') return undefined
  const [newest] = openTranches(group)
    .filter((tranche) => !tranche.isolated)
    .sort(newestFirst)
  return newest === undefined || isUnderwater(group, fill.price, rules) ? undefined : newest
}

/** What an entry is called; nothing where several are called so. */
function nameOf(group: ModelGroup, { line: { tranche: name } }: ModelFill): string | undefined {
  return name === undefined || allLabelled(openTranches(group), name).length > 1 ? undefined : name
}

function labelOf(name: string | undefined): string | null {
  return name === undefined || /^\s*$/.test(name) || Array.from(name).length > 100 ? null : name
}

function makeRoom(book: ModelBook, group: ModelGroup, { fill, rules }: { fill: ModelFill; rules: ModelRules }): void {
  const { entryMode, whenFull, maxTranches } = rules.options
  if (entryMode !== 'AVERAGE_UNTIL_UNDERWATER' || whenFull !== 'MERGE_LEAST_LOSSY') return
  const open = openTranches(group)
  if (open.filter((tranche) => !tranche.isolated).length < maxTranches || open.length < 2) return
  const percent = (tranche: ModelTranche): Ratio => gainPercent(group.side, tranche.entryPrice, fill.price)
  const best = [...open].sort((left, right) => order(percent(right), percent(left))).slice(0, 2)
  mergeTranches(book, best, rules)
}

function openFrom(
  book: ModelBook,
  group: ModelGroup,
  entry: { fill: ModelFill; quantity: Ratio; rules: ModelRules },
): void {
  const { fill, quantity, rules } = entry
  const model: ModelEntry = {
    side: group.side,
    quantity,
    price: fill.price,
    time: fill.line.time,
    ...feeOf(fill, quantity),
  }
  const name = nameOf(group, fill)
  const joined =
    name === undefined
      ? (fedBefore(book, fill, group.side) ?? averagedInto(group, fill, rules))
      : theLabelled(openTranches(group), name)
  if (joined !== undefined) increaseTranche(joined, model, rules)
  else makeRoom(book, group, { fill, rules })
  const tranche = joined ?? openTranche(book, model, rules)
  if (joined === undefined) tranche.label = labelOf(name)
  if (fill.line.orderId !== undefined) book.trancheOfOrder.set(`${group.side}/${fill.line.orderId}`, tranche)
}

function applyHedgeFill(book: ModelBook, fill: ModelFill, rules: ModelRules): void {
  const { side, positionSide } = fill.line
  if (positionSide === 'BOTH') {
    book.hasConflict = true
    return
  }
  const group = book.groups[positionSide]
  if ((side === 'BUY') === (positionSide === 'LONG')) openFrom(book, group, { fill, quantity: fill.quantity, rules })
  else {
    const rest = closeFrom(group, fill, rules)
    if (!isPositive(rest)) return
    group.unmatched.push({ tradeId: fill.line.tradeId, quantity: rest, price: fill.price, time: fill.line.time })
    book.hasConflict = true
  }
}

/** What of a fill closes a position that the venue reported beyond the book's. What a report has seen of a book that has traded says nothing. */
function closeUnknown(book: ModelBook, fill: ModelFill): Ratio {
  const { reportedNet: reported, groups } = book
  if (reported === null || fill.line.positionSide !== 'BOTH') return ZERO
  const side = fill.line.side === 'BUY' ? 'SHORT' : 'LONG'
  const { time, tradeId } = fill.line
  const signed = side === 'LONG' ? negative(fill.quantity) : fill.quantity
  const hasSeen = time <= reported.time
  const met = hasSeen ? subtract(reported.quantity, signed) : reported.quantity
  if (!hasSeen) reported.quantity = add(reported.quantity, signed)
  if (hasSeen && groups.LONG.tranches.length + groups.SHORT.tranches.length > 0) return ZERO
  if (named(groups[side === 'LONG' ? 'SHORT' : 'LONG'], fill.line.tranche) !== undefined) return ZERO
  const beyond = subtract(met, subtract(openQuantity(groups.LONG), openQuantity(groups.SHORT)))
  const held = side === 'LONG' ? least(met, beyond) : least(negative(met), negative(beyond))
  const quantity = least(subtract(fill.quantity, openQuantity(groups[side])), held)
  if (!isPositive(quantity)) return ZERO
  groups[side].unmatched.push({ tradeId, quantity, price: fill.price, time })
  book.hasConflict = true
  return quantity
}

function applyOneWayFill(book: ModelBook, fill: ModelFill, rules: ModelRules): void {
  const [closing, opening] = fill.line.side === 'BUY' ? (['SHORT', 'LONG'] as const) : (['LONG', 'SHORT'] as const)
  const rest = closeFrom(book.groups[closing], fill, rules)
  if (isPositive(rest)) openFrom(book, book.groups[opening], { fill, quantity: rest, rules })
}

interface Provable {
  readonly group: ModelGroup
  readonly kind: 'entry' | 'exit'
}

/** What estimates a fill may prove: in one-way mode those of the side it closes, then those of the side it enters. */
function provenBy(book: ModelBook, line: FillLine): readonly Provable[] {
  const grows = line.side === 'BUY' ? 'LONG' : 'SHORT'
  const shrinks = line.side === 'BUY' ? 'SHORT' : 'LONG'
  const exit = { group: book.groups[shrinks], kind: 'exit' } as const
  const entry = { group: book.groups[grows], kind: 'entry' } as const
  if (line.positionSide === 'BOTH') return [exit, entry]
  return [line.positionSide === grows ? entry : exit]
}

/** Books one fill, once. */
export function applyFill(book: ModelBook, line: FillLine, rules: ModelRules): void {
  if (book.seenTrades.has(line.tradeId)) return
  book.seenTrades.set(line.tradeId, line.fee !== undefined)
  book.lastFillTime = Math.max(book.lastFillTime, line.time)
  const read = readFill(line)
  const { price, fee } = read
  const proof: ModelProof = { quantity: read.whole, price, time: line.time, fee, feeAsset: line.feeAsset ?? null }
  let quantity = read.whole
  for (const { group, kind } of provenBy(book, line))
    quantity = proveEstimates(book, group, { kind, proof, part: quantity, position: line.positionSide })
  if (!isPositive(quantity)) return
  quantity = subtract(quantity, closeUnknown(book, { ...read, quantity }))
  if (!isPositive(quantity)) return
  const fill = { ...read, quantity }
  mirrorFill(book, line, quantity)
  if (rules.options.positionMode === 'HEDGE') applyHedgeFill(book, fill, rules)
  else applyOneWayFill(book, fill, rules)
}
