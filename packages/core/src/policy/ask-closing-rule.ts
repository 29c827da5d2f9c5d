import type { ClosingLot, ClosingPart, ClosingRequest, ClosingRule } from '../book/context.js'
import { InvariantError } from '../errors.js'
import { minus, plus } from '../money/arithmetic.js'
import { formatQuantity, NO_QUANTITY, type Quantity } from '../money/quantity.js'

const LONGEST_COMPLAINT = 300

/** Any text of a rule's: it may throw, and answer with, what it likes. */
function textOf(thrown: unknown): string {
  try {
    return (thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)).slice(0, LONGEST_COMPLAINT)
  } catch {
    return 'something that has no text'
  }
}

function broken(name: string, did: string, cause?: unknown): InvariantError {
  return new InvariantError('closing.rule-broken', `closing rule ${name} ${did}`, { cause })
}

/** A promise answers nobody in time; that nobody waits for it must not end the process either. */
function disregard(answer: unknown): void {
  Promise.resolve(answer).catch(() => undefined)
}

function isPart(part: unknown): part is ClosingPart {
  if (typeof part !== 'object' || part === null || !('tranche' in part) || !('quantity' in part)) return false
  return typeof part.tranche === 'string' && typeof part.quantity === 'bigint'
}

/** A copy: what a rule does to its answer later changes nothing. */
function parseParts(name: string, answer: unknown): readonly ClosingPart[] {
  if (!Array.isArray(answer)) {
    disregard(answer)
    const got = answer instanceof Promise ? 'a promise' : textOf(answer)
    throw broken(name, `answered with ${got} where a list of parts was expected`)
  }
  return Array.from<unknown, ClosingPart>(answer, (part) => {
    if (!isPart(part))
      throw broken(name, 'gave a part without a tranche as text and a quantity as bigint: { tranche, quantity }')
    return { tranche: part.tranche, quantity: part.quantity }
  })
}

function assertParts(
  name: string,
  parts: readonly ClosingPart[],
  { lots, wanted }: { readonly lots: readonly ClosingLot[]; readonly wanted: Quantity },
): void {
  const left = new Map(lots.map((lot) => [lot.tranche, lot.quantity]))
  let sum = NO_QUANTITY
  for (const { tranche, quantity } of parts) {
    const open = left.get(tranche)
    if (open === undefined || quantity <= 0n || quantity > open)
      throw broken(
        name,
        `took ${formatQuantity(quantity)} from ${textOf(tranche)}, which has ${open === undefined ? 'no open lot' : formatQuantity(open)}`,
      )
    left.set(tranche, minus(open, quantity))
    sum = plus(sum, quantity)
  }
  if (sum !== wanted)
    throw broken(name, `took ${formatQuantity(sum)} in all where ${formatQuantity(wanted)} was asked for`)
}

/**
 * The parts of a closing rule that is not ours: it sees a frozen copy, and whatever it does wrong is one error. A request is never for
 * more than its lots hold.
 *
 * @throws {InvariantError} `closing.rule-broken` where it throws, answers with no list of parts, or does not add up
 */
export function askClosingRule(
  name: string,
  rule: ClosingRule,
  { lots, request }: { readonly lots: readonly ClosingLot[]; readonly request: ClosingRequest },
): readonly ClosingPart[] {
  try {
    const frozen = Object.freeze(lots.map((lot) => Object.freeze({ ...lot })))
    const parts = parseParts(name, rule(frozen, Object.freeze({ ...request })))
    assertParts(name, parts, { lots, wanted: request.quantity })
    return parts
  } catch (error) {
    if (error instanceof InvariantError && error.code === 'closing.rule-broken') throw error
    throw broken(name, `threw ${textOf(error)}`, error)
  }
}
