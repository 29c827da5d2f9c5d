import {
  asPercent,
  asPrice,
  asQuantity,
  DEFAULT_CONFIG,
  formatPrice,
  notional,
  type Price,
  type StopProposal,
  type StopRule,
  type StopRuleContext,
  type TakeProfitLevel,
  type Tranche,
  unknownInstrument,
} from '@tranchebook/core'
import fc from 'fast-check'
import { mustHold } from './law-error.js'
import { type LawOptions, runLaw } from './run-law.js'

/** One tranche whose levels are reached one after the other. */
export interface StopCase {
  readonly tranche: Tranche
  readonly context: Omit<StopRuleContext, 'price'>
  /** The mark or fill that took each level: beyond it by some of the way to the next, or short of it as a slipped fill is. */
  readonly prices: readonly Price[]
}

const PERCENT = 10n ** 12n
const PRICE = 10n ** 12n

function levelsOf(side: Tranche['side'], entry: bigint, profits: readonly number[]): TakeProfitLevel[] {
  return profits.map((profit) => {
    // Entries are whole hundredths, so that a tenth of a percent of them is on every tick drawn below.
    const move = (entry * BigInt(profit)) / 1000n
    const price = asPrice(side === 'LONG' ? entry + move : entry - move)
    const profitPercent = asPercent((BigInt(profit) * PERCENT) / 10n)
    return {
      profitPercent,
      closePercent: asPercent(PERCENT),
      price,
      quantity: asQuantity(PRICE),
      filled: asQuantity(0n),
      hitTime: null,
    }
  })
}

function trancheOf(side: Tranche['side'], entry: bigint, profits: readonly number[]): Tranche {
  const quantity = asQuantity(PRICE)
  const cost = notional(asPrice(entry), quantity)
  const basis = { quantity, cost, basisCost: cost, basisQuantity: quantity, originalQuantity: quantity }
  return {
    ...basis,
    id: 'T1',
    label: null,
    notes: [],
    side,
    origin: 'intent',
    isolated: false,
    isolatedTime: null,
    isolatedPrice: null,
    entryTime: 0,
    entryOrderIds: [],
    leverage: 10,
    takeProfitPercent: null,
    stopLossPercent: null,
    takeProfitPrice: null,
    stopPrice: null,
    stopRung: 'initial',
    levels: levelsOf(side, entry, profits),
    trailing: null,
    openFees: {},
    realizedFees: {},
    unknownFeeCount: 0,
    funding: {},
    realizedPnl: notional(asPrice(0n), quantity),
    exitQuantity: asQuantity(0n),
    exitNotional: notional(asPrice(0n), quantity),
    reductions: [],
    highestMark: null,
    lowestMark: null,
    priceEstimated: false,
    evidence: 'fill',
  }
}

/** A share of the way from each level to the next: 0 = at the level, 100 = a gap to the next one, negative = slipped. */
function pricesOf(levels: readonly TakeProfitLevel[], shares: readonly number[]): readonly Price[] {
  return levels.map(({ price }, index) => {
    const step = (levels[index + 1]?.price ?? price) - price
    return asPrice(price + (step * BigInt(shares[index] ?? 0)) / 100n)
  })
}

const MOST_LEVELS = 6

/** Tranches of both sides with rising targets, coarse and fine ticks, gaps and slips, with and without fees in breakeven. */
export function stopCases(): fc.Arbitrary<StopCase> {
  const profits = fc.uniqueArray(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: MOST_LEVELS })
  const share = fc.oneof(fc.constantFrom(0, 100), fc.integer({ min: -5, max: 100 }))
  return fc
    .record({
      side: fc.constantFrom('LONG' as const, 'SHORT' as const),
      entry: fc.bigInt({ min: 1000n, max: 10n ** 8n }).map((hundredths) => hundredths * (PRICE / 100n)),
      profits: profits.map((all) => all.toSorted((left, right) => left - right)),
      tickSize: fc.constantFrom(0n, 1n, PRICE / 1_000_000n).map(asPrice),
      breakevenIncludesFees: fc.boolean(),
      behind: fc.integer({ min: 1, max: 99 }).map((tenths) => asPercent((BigInt(tenths) * PERCENT) / 10n)),
      shares: fc.array(share, { minLength: MOST_LEVELS, maxLength: MOST_LEVELS }),
    })
    .map(({ side, entry, profits: rising, tickSize, breakevenIncludesFees, behind, shares }) => ({
      tranche: trancheOf(side, entry, rising),
      prices: pricesOf(levelsOf(side, entry, rising), shares),
      context: {
        config: {
          ...DEFAULT_CONFIG,
          breakevenIncludesFees,
          takerFeePercent: asPercent(0n),
          stopLadderPercent: behind,
          trailingStopPercent: behind,
        },
        instrument: { ...unknownInstrument('BTCUSDT'), tickSize },
      },
    }))
}

function textOf(proposal: StopProposal | null): string {
  if (proposal === null) return 'nothing'
  const { price, trailingBest } = proposal
  return `${formatPrice(price)}${trailingBest === null ? '' : `, trailing from ${formatPrice(trailingBest)}`}`
}

function isBehind(side: Tranche['side'], price: Price, other: Price): boolean {
  return side === 'LONG' ? price < other : price > other
}

function checkProposal(rule: StopRule, { tranche, context, prices }: StopCase, hit: number): StopProposal | null {
  const frozen = Object.freeze({ ...tranche, levels: tranche.levels.map((level) => Object.freeze({ ...level })) })
  const target = tranche.levels[hit - 1]?.price ?? asPrice(0n)
  const price = prices[hit - 1] ?? target
  const proposal = rule(frozen, hit, { ...context, price })
  const again = textOf(rule(frozen, hit, { ...context, price }))
  mustHold(
    again === textOf(proposal),
    'the same question has the same answer',
    () => `first ${textOf(proposal)}, then ${again}`,
  )
  if (proposal === null) return null
  const story = (): string =>
    `after level ${hit} at ${formatPrice(target)}, taken at ${formatPrice(price)}: ${textOf(proposal)}`
  mustHold(proposal.price > 0n, 'a stop is a price above 0', story)
  const farthest = isBehind(tranche.side, price, target) ? target : price
  const isShortOf = !isBehind(tranche.side, farthest, proposal.price)
  mustHold(isShortOf, 'a stop is not beyond the target that was just taken, nor the price that took it', story)
  return proposal
}

/**
 * Holds a stop rule to its contract: level after level its stops only move in favour of the tranche, on both sides; they are
 * never beyond the target that was just taken, nor beyond a better price that took it; the same question has the same answer; the
 * tranche is left as it was.
 *
 * @throws {LawError} `testkit.law-broken`, with the smallest case, its seed and path
 */
export function checkStopRule(rule: StopRule, options: LawOptions = {}): void {
  const law = fc.property(stopCases(), (drawn) => {
    let last: StopProposal | null = null
    for (const index of drawn.tranche.levels.keys()) {
      const proposal = checkProposal(rule, drawn, index + 1)
      const before: StopProposal | null = last
      const isHeld = proposal === null || before === null || !isBehind(drawn.tranche.side, proposal.price, before.price)
      const story = (): string =>
        `${drawn.tranche.side}, level ${index + 1}: ${textOf(before)}, then ${textOf(proposal)}`
      mustHold(isHeld, 'stops only move in favour of their tranche', story)
      last = proposal ?? last
    }
  })
  runLaw(law, options)
}
