import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aLife, type Life } from '../../test/builders/life-builder.js'
import { aHappening, happen, type Happening, markConfig } from '../../test/builders/trade-arbitraries.js'
import { LAW } from '../../test/law-runs.js'
import type { BookEvent } from '../book/events.js'
import type { Side } from '../book/tranche.js'
import { parsePrice, type Price } from '../money/price.js'
import { parseQuantity } from '../money/quantity.js'
import { exitsInFlight } from '../policy/in-flight.js'

const scene = fc.record({ config: markConfig, happenings: fc.array(aHappening, { maxLength: 40, size: 'max' }) })

/** Lets all of it happen, and looks at the book after each. */
function watch(
  given: { config: object; happenings: readonly Happening[] },
  look: (life: Life, since: readonly BookEvent[]) => void,
): void {
  const life = aLife({ config: given.config })
  for (const happening of given.happenings) {
    const before = life.events.length
    happen(life, happening)
    look(life, life.events.slice(before))
  }
}

function stopsOf(life: Life): ReadonlyMap<string, { readonly side: Side; readonly stop: Price | null }> {
  const { LONG, SHORT } = life.book.groups
  return new Map(
    [...LONG.tranches, ...SHORT.tranches].map(({ id, side, stopPrice }) => [id, { side, stop: stopPrice }]),
  )
}

function isBack(side: Side, from: Price, to: Price): boolean {
  return side === 'LONG' ? to < from : to > from
}

/** Tranches whose stop may stand anywhere after these events: averaged anew, merged, or moved by force. */
function excused(events: readonly BookEvent[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.type === 'TrancheIncreased') return [event.tranche]
    return event.type === 'StopMoved' && event.forced ? [event.tranche] : []
  })
}

describe('stops', () => {
  it('only ever move in favour of their tranche, whatever happens', () => {
    fc.assert(
      fc.property(scene, (given) => {
        let before = new Map() as ReturnType<typeof stopsOf>
        watch(given, (life, since) => {
          const after = stopsOf(life)
          const free = excused(since)
          for (const [id, { side, stop }] of after) {
            const from = before.get(id)?.stop ?? null
            if (from === null || free.includes(id)) continue
            expect(stop !== null && !isBack(side, from, stop)).toBe(true)
          }
          before = after
        })
      }),
      LAW,
    )
  })

  it('are recorded as forced exactly when they move back', () => {
    fc.assert(
      fc.property(scene, (given) => {
        watch(given, (_life, since) => {
          for (const event of since) {
            if (event.type !== 'StopMoved') continue
            const { side, from, to, forced } = event
            expect(forced).toBe(from !== null && isBack(side, parsePrice(from), parsePrice(to)))
          }
        })
      }),
      LAW,
    )
  })
})

describe('exits', () => {
  it('that are intended never exceed what is open of their tranche', () => {
    fc.assert(
      fc.property(scene, (given) => {
        watch(given, (life, since) => {
          const exits = since.filter((event) => event.type === 'OrderIntended' && event.purpose === 'exit')
          for (const exit of exits) {
            if (exit.type !== 'OrderIntended') continue
            for (const { tranche } of exit.allocation) {
              const open = life.book.groups[exit.side].tranches.find(({ id }) => id === tranche)?.quantity ?? 0n
              expect(exitsInFlight(life.book, tranche) <= open).toBe(true)
            }
          }
        })
      }),
      LAW,
    )
  })

  it('are whole: above 0, and their parts sum to them', () => {
    fc.assert(
      fc.property(scene, (given) => {
        watch(given, (_life, since) => {
          for (const event of since) {
            if (event.type !== 'OrderIntended' || event.quantity === null || event.allocation.length === 0) continue
            const sum = event.allocation.reduce((total, part) => total + parseQuantity(part.quantity), 0n)
            expect(sum).toBe(parseQuantity(event.quantity))
            expect(sum > 0n).toBe(true)
          }
        })
      }),
      LAW,
    )
  })
})

describe('levels', () => {
  it('fill no more than they are planned for, and close the tranche exactly', () => {
    fc.assert(
      fc.property(scene, (given) => {
        watch(
          { ...given, config: { ...given.config, enableScaledTakeProfit: true, entryMode: 'NEW_TRANCHE' } },
          (life) => {
            const { LONG, SHORT } = life.book.groups
            for (const { levels, originalQuantity } of [...LONG.tranches, ...SHORT.tranches]) {
              for (const level of levels) expect(level.filled <= level.quantity).toBe(true)
              if (levels.length > 0)
                expect(levels.reduce((sum, level) => sum + level.quantity, 0n)).toBe(originalQuantity)
            }
          },
        )
      }),
      LAW,
    )
  })
})
