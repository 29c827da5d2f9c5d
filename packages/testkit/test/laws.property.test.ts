import { BUILT_IN_CLOSING_RULES, type ClosingRule, type StopRule, STOP_RULES } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { checkClosingRule } from '../src/laws/closing-rule.js'
import { LawError } from '../src/laws/law-error.js'
import { checkStopRule } from '../src/laws/stop-rule.js'

describe('closing rules', () => {
  it.each(Object.entries(BUILT_IN_CLOSING_RULES))('%s keeps the contract', (_name, rule) => {
    checkClosingRule(rule)
  })

  const nothing: ClosingRule = () => []

  it('catches a rule that closes too little', () => {
    expect(() => checkClosingRule(nothing, { seed: 1 })).toThrow(LawError)
    expect(() => checkClosingRule(nothing, { seed: 1 })).toThrow(/parts sum to.*smallest case.*seed 1/s)
  })

  it('catches a rule that closes more than a lot holds', () => {
    const greedy: ClosingRule = (lots, { quantity }) => lots.slice(0, 1).map(({ tranche }) => ({ tranche, quantity }))
    expect(() => checkClosingRule(greedy)).toThrow(/at most its lot|sum to|order in which/)
  })

  it('catches a rule that depends on the order of the list', () => {
    const inListOrder: ClosingRule = (lots, { quantity }) => {
      let rest: bigint = quantity
      return lots.flatMap((lot) => {
        const taken = rest < lot.quantity ? rest : lot.quantity
        rest -= taken
        return taken > 0n ? [{ tranche: lot.tranche, quantity: taken as typeof quantity }] : []
      })
    }
    expect(() => checkClosingRule(inListOrder)).toThrow(/order in which lots are listed/)
  })
})

describe('stop rules', () => {
  it.each(Object.entries(STOP_RULES))('%s keeps the contract', (_name, rule) => {
    checkStopRule(rule)
  })

  it('catches a rule that gives ground', () => {
    const backwards: StopRule = (tranche, hit) => {
      const price = tranche.levels[tranche.levels.length - hit]?.price
      return price === undefined || hit === 1 ? null : { price, trailingBest: null }
    }
    expect(() => checkStopRule(backwards)).toThrow(LawError)
  })

  it('catches a rule that puts the stop beyond the target', () => {
    const beyond: StopRule = (tranche, hit) => {
      const price = tranche.levels[hit]?.price
      return price === undefined ? null : { price, trailingBest: null }
    }
    expect(() => checkStopRule(beyond)).toThrow(/beyond the target/)
  })
})
