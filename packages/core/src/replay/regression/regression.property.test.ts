import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LAW } from '../../../test/law-runs.js'
import { randomRuns } from '../../../test/random-runs.js'
import { runInputs } from '../run-inputs.js'
import { redecideInputs } from './redecide-inputs.js'
import { redecideLog } from './redecide-log.js'

describe('deciding again with the same code', () => {
  it('finds no difference, with the inputs', () => {
    fc.assert(
      fc.property(randomRuns(), ({ inputs, options }) => {
        const logs = runInputs(inputs, options)
          .books.map(({ events }) => events)
          .filter((events) => events.length > 0)
        for (const { differences } of redecideInputs(inputs, logs, options)) expect(differences).toEqual([])
      }),
      LAW,
    )
  })

  it('finds no difference, from the events alone', () => {
    fc.assert(
      fc.property(randomRuns(), ({ inputs, options }) => {
        for (const { events } of runInputs(inputs, options).books)
          if (events.length > 0) expect(redecideLog(events, options).differences).toEqual([])
      }),
      LAW,
    )
  })
})
