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
  readonly context: StopRuleContext
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
    entryOrderId: null,
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

/** Tranches of both sides with rising targets, coarse and fine ticks, with and without fees in breakeven. */
export function stopCases(): fc.Arbitrary<StopCase> {
  const profits = fc.uniqueArray(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 6 })
  return fc
    .record({
      side: fc.constantFrom('LONG' as const, 'SHORT' as const),
      entry: fc.bigInt({ min: 1000n, max: 10n ** 8n }).map((hundredths) => hundredths * (PRICE / 100n)),
      profits: profits.map((all) => all.toSorted((left, right) => left - right)),
      tickSize: fc.constantFrom(0n, 1n, PRICE / 1_000_000n).map(asPrice),
      breakevenIncludesFees: fc.boolean(),
      behind: fc.integer({ min: 1, max: 99 }).map((tenths) => asPercent((BigInt(tenths) * PERCENT) / 10n)),
    })
    .map(({ side, entry, profits: rising, tickSize, breakevenIncludesFees, behind }) => ({
      tranche: trancheOf(side, entry, rising),
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

function checkProposal(rule: StopRule, { tranche, context }: StopCase, hit: number): StopProposal | null {
  const frozen = Object.freeze({ ...tranche, levels: tranche.levels.map((level) => Object.freeze({ ...level })) })
  const proposal = rule(frozen, hit, context)
  const again = textOf(rule(frozen, hit, context))
  mustHold(
    again === textOf(proposal),
    'the same question has the same answer',
    () => `first ${textOf(proposal)}, then ${again}`,
  )
  if (proposal === null) return null
  const target = tranche.levels[hit - 1]
  const isPrice = proposal.price > 0n
  mustHold(isPrice, 'a stop is a price above 0', () => `after level ${hit}: ${textOf(proposal)}`)
  const isShortOf = target === undefined || !isBehind(tranche.side, target.price, proposal.price)
  const story = (): string =>
    `after level ${hit} at ${target === undefined ? '' : formatPrice(target.price)}: ${textOf(proposal)}`
  mustHold(isShortOf, 'a stop is never beyond the target that was just reached', story)
  return proposal
}

/**
 * Holds a stop rule to its contract: level after level its stops only move in favour of the tranche, on both sides; they are
 * never beyond the target that was just reached; the same question has the same answer; the tranche is left as it was.
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
