import { type BookEvent, parseConfig, parseInput, runInputs } from '@tranchebook/core'
import {
  checkClosingRule,
  checkHistories,
  checkLog,
  checkReplay,
  checkStopRule,
  configs,
  histories,
} from '@tranchebook/testkit'
import { expect, it } from 'vitest'
import { halfWay } from './half-way.js'
import { nearestEntry } from './nearest-entry.js'

it('my closing rule keeps the contract', () => {
  checkClosingRule(nearestEntry)
})

it('my stop rule keeps the contract', () => {
  checkStopRule(halfWay)
})

const closingRules = new Map([['NEAREST_ENTRY', nearestEntry]])
const config = configs({ fixed: { closingStrategy: 'NEAREST_ENTRY' } })

it('books that close by my rule keep every law', () => {
  checkHistories(
    histories({ config }),
    (life) => {
      const { positionMode } = life.config
      const parsed = parseConfig(life.config, { closingRules: [...closingRules.keys()] })
      const inputs = life.inputs.map((line, index) =>
        parseInput(line, { account: parsed.account, positionMode, sequence: index + 1 }),
      )
      const options = {
        config: parsed,
        positionMode,
        instruments: new Map(),
        closingRules,
        sending: 'observe',
      } as const
      const events: readonly BookEvent[] = runInputs(inputs, options).books[0]?.events ?? []
      if (events.length === 0) return
      checkLog(events)
      checkReplay(events)
    },
    { name: 'nearest-entry' },
  )
})

it('a rule that forgets what is left over is caught, with the smallest case', () => {
  const forgetful = (...[lots, request]: Parameters<typeof nearestEntry>) => nearestEntry(lots, request).slice(0, 1)
  expect(() => checkClosingRule(forgetful)).toThrow(/parts sum to the smaller of the request and what is open.*seed/s)
})
