import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aStory } from '../../test/builders/story-builder.js'
import { LAW } from '../../test/law-runs.js'
import { explainBecause } from './explain-because.js'
import { explainEvent } from './explain-event.js'
import { explainTranche } from './explain-tranche.js'
import { historyOf } from './tranche-history.js'

const NONSENSE = /undefined|NaN|\[object|\d[eE][+-]?\d/

describe('explanations of any story', () => {
  it('have a plain sentence for every event and reason', () => {
    fc.assert(
      fc.property(aStory, ({ events }) => {
        for (const event of events) {
          const sentence = explainEvent(event)
          expect(sentence).not.toBe('')
          expect(sentence).not.toMatch(NONSENSE)
          if (event.because !== undefined) expect(explainBecause(event.because)).not.toMatch(NONSENSE)
        }
      }),
      LAW,
    )
  })

  it('tell every tranche that lived, each closing with its reason', () => {
    fc.assert(
      fc.property(aStory, ({ events }) => {
        for (const record of historyOf(events).tranches.values()) {
          const told = explainTranche(events, record.id)
          expect(told?.text).not.toMatch(NONSENSE)
          expect(told?.text.split('\n')).toHaveLength((told?.lines.length ?? 0) + 2)
          const closes = told?.lines.filter(({ what }) => what.startsWith('closed ')) ?? []
          if (record.status === 'closed') expect(closes.length).toBeGreaterThan(0)
          for (const { amount, why } of closes) expect([amount, why]).not.toContain(null)
        }
      }),
      LAW,
    )
  })
})
