import { type Because, type Candidate, MAX_CANDIDATES } from '../book/because.js'
import type { ClosingLot, ClosingPart, ClosingRequest, ClosingRule } from '../book/context.js'
import type { TrancheGroup } from '../book/group.js'
import { CLOSING_RULES, type ClosingRuleName, type IsolatedClosing } from '../config/symbol-config.js'
import { InvariantError } from '../errors.js'
import { ascending, minus, plus, smaller } from '../money/arithmetic.js'
import { averagePrice, formatMoney, shareOf } from '../money/money.js'
import { formatPrice, type Price } from '../money/price.js'
import { asQuantity, formatQuantity, NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { askClosingRule } from './ask-closing-rule.js'
import { pnlAt } from './pnl.js'

type Order = (left: ClosingLot, right: ClosingLot, price: Price) => number

function earlier(left: ClosingLot, right: ClosingLot): number {
  return left.entryTime - right.entryTime || left.sequence - right.sequence
}

/** Cost ÷ quantity compared without dividing. */
function byEntryPrice(left: ClosingLot, right: ClosingLot): number {
  return ascending(left.cost * right.quantity, right.cost * left.quantity)
}

const ORDERS: Readonly<Record<Exclude<ClosingRuleName, 'PRO_RATA'>, Order>> = {
  LIFO: (left, right) => earlier(right, left),
  FIFO: earlier,
  WORST_FIRST: (left, right, price) => ascending(pnlAt(left, price), pnlAt(right, price)) || earlier(left, right),
  BEST_FIRST: (left, right, price) => ascending(pnlAt(right, price), pnlAt(left, price)) || earlier(left, right),
  HIFO: (left, right) => byEntryPrice(right, left) || earlier(left, right),
  LOFO: (left, right) => byEntryPrice(left, right) || earlier(left, right),
}

function takeInOrder(lots: readonly ClosingLot[], wanted: Quantity): readonly ClosingPart[] {
  const parts: ClosingPart[] = []
  let left = wanted
  for (const lot of lots) {
    if (left === 0n) break
    const quantity = smaller(left, lot.quantity)
    left = minus(left, quantity)
    parts.push({ tranche: lot.tranche, quantity })
  }
  return parts
}

function inOrder(order: Order): ClosingRule {
  return (lots, { quantity, price }) =>
    takeInOrder(
      lots.toSorted((left, right) => order(left, right, price)),
      quantity,
    )
}

/** Every lot in proportion, by whole steps; what is left over goes step by step to the largest remainders, earlier lots first. */
const proRata: ClosingRule = (lots, { quantity, stepSize }) => {
  const open = lots.reduce((sum, lot) => plus(sum, lot.quantity), NO_QUANTITY)
  if (open === 0n) return []
  const wanted = smaller(quantity, open)
  const unit = stepSize === 0n ? 1n : stepSize
  const shares = lots.toSorted(earlier).map((lot) => {
    const exact = wanted * lot.quantity
    const given = (exact / (open * unit)) * unit
    return { lot, given: asQuantity(given), rest: exact - given * open }
  })
  let left = minus(
    wanted,
    shares.reduce((sum, share) => plus(sum, share.given), NO_QUANTITY),
  )
  const hungriest = shares.toSorted(
    (first, second) => ascending(second.rest, first.rest) || earlier(first.lot, second.lot),
  )
  while (left > 0n)
    for (const share of hungriest) {
      const extra = smaller(smaller(left, asQuantity(unit)), minus(share.lot.quantity, share.given))
      share.given = plus(share.given, extra)
      left = minus(left, extra)
    }
  return shares.flatMap(({ lot, given }) => (given > 0n ? [{ tranche: lot.tranche, quantity: given }] : []))
}

/** The built-in closing rules (semantics §5). */
export const BUILT_IN_CLOSING_RULES: Readonly<Record<ClosingRuleName, ClosingRule>> = {
  LIFO: inOrder(ORDERS.LIFO),
  FIFO: inOrder(ORDERS.FIFO),
  WORST_FIRST: inOrder(ORDERS.WORST_FIRST),
  BEST_FIRST: inOrder(ORDERS.BEST_FIRST),
  HIFO: inOrder(ORDERS.HIFO),
  LOFO: inOrder(ORDERS.LOFO),
  PRO_RATA: proRata,
}

const HELD_FOR_RECOVERY: readonly string[] = ['LIFO', 'FIFO', 'BEST_FIRST']

/** Whether isolated lots come after the others (they are held for recovery) or take part alike. */
export function isolatedClosingOf(rule: string, override: IsolatedClosing | null): IsolatedClosing {
  return override ?? (HELD_FOR_RECOVERY.includes(rule) ? 'LAST' : 'EQUAL')
}

/** Which rule shall choose. */
export interface ClosingChoice {
  readonly rule: string
  readonly isolatedClosing: IsolatedClosing | null
  readonly customRules: ReadonlyMap<string, ClosingRule>
}

function isBuiltIn(name: string): name is ClosingRuleName {
  return (CLOSING_RULES as readonly string[]).includes(name)
}

function ruleNamed(choice: ClosingChoice): ClosingRule {
  const rule = isBuiltIn(choice.rule) ? BUILT_IN_CLOSING_RULES[choice.rule] : choice.customRules.get(choice.rule)
  if (rule !== undefined) return rule
  throw new InvariantError(
    'closing.rule-unknown',
    `closing rule ${choice.rule} is not registered: pass it in the context's closingRules, or use one of ${CLOSING_RULES.join(', ')}`,
  )
}

/**
 * Splits a closing quantity among lots by the chosen rule, isolated ones last where the rule holds them for recovery.
 *
 * @throws {InvariantError} `closing.rule-unknown`, or `closing.rule-broken` when a custom rule throws or does not add up.
 */
export function chooseParts(
  lots: readonly ClosingLot[],
  request: ClosingRequest,
  choice: ClosingChoice,
): readonly ClosingPart[] {
  const rule = ruleNamed(choice)
  const isLast = isolatedClosingOf(choice.rule, choice.isolatedClosing) === 'LAST'
  const rounds = isLast ? [lots.filter((lot) => !lot.isolated), lots.filter((lot) => lot.isolated)] : [lots]
  const parts: ClosingPart[] = []
  let left = request.quantity
  for (const round of rounds) {
    const open = round.reduce((sum, lot) => plus(sum, lot.quantity), NO_QUANTITY)
    const wanted = smaller(left, open)
    if (wanted === 0n) continue
    parts.push(...askClosingRule(choice.rule, rule, { lots: round, request: { ...request, quantity: wanted } }))
    left = minus(left, wanted)
  }
  return parts
}

/** Parts, the choice that gave them, and what a custom rule did wrong where LIFO stood in for it; otherwise `null`. */
export interface SoundParts {
  readonly parts: readonly ClosingPart[]
  readonly choice: ClosingChoice
  readonly broken: InvariantError | null
}

/**
 * As {@link chooseParts}, but a custom rule that throws or does not add up is no reason to book nothing: LIFO, the default, splits then.
 *
 * @throws {InvariantError} `closing.rule-unknown`
 */
export function choosePartsSoundly(
  lots: readonly ClosingLot[],
  request: ClosingRequest,
  choice: ClosingChoice,
): SoundParts {
  try {
    return { parts: chooseParts(lots, request, choice), choice, broken: null }
  } catch (error) {
    if (!(error instanceof InvariantError) || error.code !== 'closing.rule-broken') throw error
    const instead = { ...choice, rule: 'LIFO' }
    return { parts: chooseParts(lots, request, instead), choice: instead, broken: error }
  }
}

/** The open lots of a group as a closing rule sees them, less what is taken already. */
export function closingLots(group: TrancheGroup, taken: ReadonlyMap<string, Quantity>): readonly ClosingLot[] {
  return group.tranches.flatMap((tranche) => {
    const quantity = minus(tranche.quantity, taken.get(tranche.id) ?? NO_QUANTITY)
    if (quantity === 0n) return []
    const cost = shareOf(tranche.cost, quantity, tranche.quantity)
    return [
      {
        tranche: tranche.id,
        side: tranche.side,
        isolated: tranche.isolated,
        cost,
        quantity,
        entryTime: tranche.entryTime,
        sequence: Number(tranche.id.slice(1)),
      },
    ]
  })
}

function valueOf(rule: string, lot: ClosingLot, price: Price): string {
  if (rule === 'WORST_FIRST' || rule === 'BEST_FIRST') return formatMoney(pnlAt(lot, price))
  if (rule === 'HIFO' || rule === 'LOFO') return formatPrice(averagePrice(lot.cost, lot.quantity, 'nearest'))
  if (rule === 'PRO_RATA') return formatQuantity(lot.quantity)
  return String(lot.entryTime)
}

/** Why these lots gave what they gave: the rule, and the candidates in the order it ranked them. */
export function explainChoice(
  parts: readonly ClosingPart[],
  lots: readonly ClosingLot[],
  { request, choice }: { readonly request: ClosingRequest; readonly choice: ClosingChoice },
): Because {
  const ranked = rankedLots(lots, request, choice)
  const taken = new Map(parts.map((part) => [part.tranche, part.quantity]))
  const candidates = ranked.slice(0, MAX_CANDIDATES).map((lot): Candidate => {
    const quantity = taken.get(lot.tranche)
    return {
      tranche: lot.tranche,
      value: valueOf(choice.rule, lot, request.price),
      chosen: quantity === undefined ? null : formatQuantity(quantity),
      lost: quantity === undefined ? 'the quantity was used up before its turn' : null,
    }
  })
  const isolated = isolatedClosingOf(choice.rule, choice.isolatedClosing)
  return {
    rule: `closing.${choice.rule}`,
    configured: { closingStrategy: choice.rule, isolatedClosing: isolated },
    observed: { quantity: formatQuantity(request.quantity), price: formatPrice(request.price) },
    candidates,
    ...(ranked.length > MAX_CANDIDATES ? { others: ranked.length - MAX_CANDIDATES } : {}),
  }
}

function rankedLots(
  lots: readonly ClosingLot[],
  request: ClosingRequest,
  choice: ClosingChoice,
): readonly ClosingLot[] {
  const name = choice.rule
  const order = isBuiltIn(name) && name !== 'PRO_RATA' ? ORDERS[name] : earlier
  const isLast = isolatedClosingOf(name, choice.isolatedClosing) === 'LAST'
  return lots.toSorted(
    (left, right) => (isLast ? Number(left.isolated) - Number(right.isolated) : 0) || order(left, right, request.price),
  )
}
