import type { TrancheBook } from '../book/book.js'
import type { Allocation } from '../book/order.js'
import type { Side, Tranche } from '../book/tranche.js'
import type { SymbolConfig } from '../config/symbol-config.js'
import { type Instrument, roundPrice } from '../instrument/instrument.js'
import { minus, smaller } from '../money/arithmetic.js'
import type { Price } from '../money/price.js'
import { NO_QUANTITY, type Quantity } from '../money/quantity.js'
import { owes } from '../policy/take-profit.js'
import { stopRounding, takeProfitRounding } from '../policy/targets.js'
import { earlierStop, sumOf } from './bundle.js'
import { combinedLevels } from './combined-levels.js'

/** A price at which a quantity should be taken as profit. */
export interface Target {
  readonly price: Price
  /** 1-based; `null` = the single take profit. */
  readonly level: number | null
  readonly quantity: Quantity
  /** True once a mark or a fill has reached it: what is left of it is owed. */
  readonly isHit: boolean
}

/** A quantity with one stop: a tranche, or the tranches behind a combined pair. */
export interface ProtectionUnit {
  readonly side: Side
  /** Whose quantity. */
  readonly parts: readonly Allocation[]
  /** True when the closing rule, not the parts, will say whose a fill is. */
  readonly isPooled: boolean
  /** `null` = none, on purpose. */
  readonly stopPrice: Price | null
  /** Nearest first; Σ ≤ the unit's quantity. */
  readonly targets: readonly Target[]
  /** Tranche whose levels it took, for combined pairs. */
  readonly reference: string | null
}

/** What units depend on. */
export interface UnitRules {
  readonly config: Pick<SymbolConfig, 'protection' | 'slTpStrategy' | 'combinedIncludesIsolated'>
  readonly instrument: Instrument
}

/** Levels that still owe something, capped to what remains; the last of them takes all that remains. */
function levelTargets(tranche: Tranche): Target[] {
  const planned = tranche.levels.flatMap((level, index) =>
    level.quantity > 0n ? [{ ...level, number: index + 1 }] : [],
  )
  const owing = planned.filter(owes)
  const open = owing.length > 0 ? owing : planned.slice(-1)
  let left = tranche.quantity
  return open.flatMap(({ price, number, quantity, filled, hitTime }, index) => {
    const size = index === open.length - 1 ? left : smaller(minus(quantity, filled), left)
    left = minus(left, size)
    return size > 0n ? [{ price, level: number, quantity: size, isHit: hitTime !== null }] : []
  })
}

function targetsOf(tranche: Tranche): Target[] {
  if (tranche.levels.length > 0) return levelTargets(tranche)
  if (tranche.takeProfitPrice === null) return []
  return [{ price: tranche.takeProfitPrice, level: null, quantity: tranche.quantity, isHit: false }]
}

function partsOf(tranches: readonly Tranche[]): Allocation[] {
  return tranches.map(({ id, quantity }) => ({ tranche: id, quantity }))
}

function trancheUnit(tranche: Tranche): ProtectionUnit {
  return {
    side: tranche.side,
    parts: partsOf([tranche]),
    isPooled: false,
    stopPrice: tranche.stopPrice,
    targets: targetsOf(tranche),
    reference: null,
  }
}

function combinedUnit(tranches: readonly Tranche[], side: Side, { config, instrument }: UnitRules): ProtectionUnit {
  const levels = combinedLevels(tranches, config.slTpStrategy, instrument)
  const quantity = sumOf(partsOf(tranches))
  const targets =
    levels.takeProfitPrice === null ? [] : [{ price: levels.takeProfitPrice, level: null, quantity, isHit: false }]
  return {
    side,
    parts: partsOf(tranches),
    isPooled: true,
    stopPrice: levels.stopPrice,
    targets,
    reference: levels.reference,
  }
}

/** Isolated tranches wait for recovery behind the most protective of their stops, without a take profit. */
function isolatedUnits(tranches: readonly Tranche[], side: Side): ProtectionUnit[] {
  const waiting = tranches.filter((tranche) => tranche.stopPrice !== null)
  const bare = tranches.filter((tranche) => tranche.stopPrice === null)
  const stopPrice = waiting.reduce<Price | null>(
    (best, { stopPrice: own }) => (best === null || own === null ? own : earlierStop(side, best, own)),
    null,
  )
  const units = [
    { tranches: waiting, stopPrice },
    { tranches: bare, stopPrice: null },
  ]
  return units
    .filter((unit) => unit.tranches.length > 0)
    .map((unit) => ({
      side,
      parts: partsOf(unit.tranches),
      isPooled: false,
      stopPrice: unit.stopPrice,
      targets: [],
      reference: null,
    }))
}

function combinedUnits(tranches: readonly Tranche[], side: Side, rules: UnitRules): ProtectionUnit[] {
  const isPaired = (tranche: Tranche): boolean => rules.config.combinedIncludesIsolated || !tranche.isolated
  const paired = tranches.filter(isPaired)
  const waiting = tranches.filter((tranche) => !isPaired(tranche))
  return [...(paired.length > 0 ? [combinedUnit(paired, side, rules)] : []), ...isolatedUnits(waiting, side)]
}

function toTick(unit: ProtectionUnit, instrument: Instrument): ProtectionUnit {
  const { side, stopPrice } = unit
  return {
    ...unit,
    stopPrice: stopPrice === null ? null : roundPrice(instrument, stopPrice, stopRounding(side)),
    targets: unit.targets.map((target) => ({
      ...target,
      price: roundPrice(instrument, target.price, takeProfitRounding(side)),
    })),
  }
}

/** How the open quantity of a side is protected: tranche by tranche, or as a pair and the isolated ones (semantics §7). */
export function unitsOf(book: TrancheBook, side: Side, rules: UnitRules): readonly ProtectionUnit[] {
  const tranches = book.groups[side].tranches.filter((tranche) => tranche.quantity > NO_QUANTITY)
  const units =
    rules.config.protection === 'PER_TRANCHE' ? tranches.map(trancheUnit) : combinedUnits(tranches, side, rules)
  return units.map((unit) => toTick(unit, rules.instrument))
}
