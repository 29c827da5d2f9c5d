import { describe, expect, it } from 'vitest'
import { aBook, anOrder, type OrderText, passedAlready, resting, reviewOf } from '../../test/builders/book-builder.js'
import { contextOf } from '../../test/builders/context-builder.js'
import { marked } from '../../test/builders/events-builder.js'
import { LONG, planOf, type PlanGiven, SHORT } from '../../test/builders/plan-builder.js'
import { planTexts } from '../../test/builders/plan-text.js'
import type { BookEvent } from '../book/events.js'
import { passedTrigger } from './passed-trigger.js'

const NEAR = { ...LONG, stop: '49900' }
const FAR = { ...LONG, id: 'T2' }

/** A stop that the venue refused at 100: the price was at or past its trigger. */
function refusedAt(triggerPrice: string, text: Partial<OrderText> = {}): BookEvent[] {
  const clientOrderId = `at-${triggerPrice}`
  return [anOrder({ clientOrderId, triggerPrice, quantity: '0.1', ...text }), passedAlready(clientOrderId, 100)]
}

/** At 150, with a good mark from before the refusal. */
function exitsAfter(tranches: Parameters<typeof planOf>[0], events: readonly BookEvent[], given: PlanGiven = {}) {
  const plan = planOf(tranches, { mark: '50000', markTime: 90, time: 150, events, ...given })
  return planTexts(plan).filter((text) => text.includes(' exit '))
}

describe('a stop that the venue refused since it would have triggered at once', () => {
  it.each([
    ['the tranche of that stop', [LONG], refusedAt('49000'), ['SELL exit 0.1 (stop) for T1 0.1']],
    ['SHORT', [SHORT], refusedAt('51000', { side: 'SHORT' }), ['BUY exit 0.01 (stop) for T1 0.01']],
    [
      'a stop that is hit before it, too',
      [NEAR, FAR],
      refusedAt('49000'),
      ['SELL exit 0.1 (stop) for T1 0.1', 'SELL exit 0.1 (stop) for T2 0.1'],
    ],
    ['no stop that is hit after it', [NEAR, FAR], refusedAt('49900'), ['SELL exit 0.1 (stop) for T1 0.1']],
    [
      'what a close-position stop stands for',
      [NEAR, FAR],
      refusedAt('49000', { purpose: 'failSafe', quantity: null }),
      ['SELL exit 0.1 (stop) for T1 0.1', 'SELL exit 0.1 (stop) for T2 0.1'],
    ],
    ['nothing of the other side', [{ ...SHORT, id: 'T3' }], refusedAt('49000'), []],
    ['nothing whose stop a fill has moved since', [{ ...LONG, stop: '48900' }], refusedAt('49000'), []],
  ])('closes at market %s', (_name, tranches, events, expected) => {
    expect(exitsAfter(tranches, events)).toEqual(expected)
  })

  it('is not placed again meanwhile, and the old stop of the tranche rests on', () => {
    const old = resting({ clientOrderId: 'old', quantity: '0.1', triggerPrice: '48000' })
    const events = reviewOf(
      aBook([LONG], { events: [...old, ...refusedAt('49000')] }),
      contextOf({ mark: '50000', markTime: 90 }),
      150,
    )
    expect(events.filter(({ type }) => type === 'OrderIntended' || type === 'CancelIntended')).toMatchObject([
      {
        purpose: 'exit',
        because: {
          rule: 'protection.exit.stop',
          observed: { mark: '50000', price: '49000', refusedStop: 'at-49000', refusedTrigger: '49000' },
        },
      },
    ])
  })

  it('is not named where the mark itself has passed the stop', () => {
    const book = aBook([LONG], { events: refusedAt('49000') })
    const [, exit] = reviewOf(book, contextOf({ mark: '48900', markTime: 90 }), 150)
    expect(exit?.because?.observed).not.toHaveProperty('refusedStop')
  })

  it('is no failure of stops: the next is tried as the first was', () => {
    const events = ['a', 'b', 'c', 'd'].flatMap((clientOrderId) => [
      anOrder({ clientOrderId, triggerPrice: '49000' }),
      passedAlready(clientOrderId, 100),
    ])
    const book = aBook([LONG], { events })
    expect(book.breakers.size).toBe(0)
    expect(planTexts(planOf([LONG], { events, mark: '49500', markTime: 101, time: 150 }))[0]).toBe(
      'SELL stop 0.1 at 49000 for T1 0.1',
    )
  })

  it.each([
    ['a newer mark', { markTime: 101 }],
    ['a newer mark of the log', { events: [...refusedAt('49000'), marked(101, '50000')] }],
    ['time', { time: 10_101 }],
  ])('is tried again after %s', (_name, given) => {
    expect(exitsAfter([LONG], refusedAt('49000'), given)).toEqual([])
  })

  it('is judged by a newer mark that has passed it as by any', () => {
    expect(exitsAfter([LONG], refusedAt('49000'), { mark: '49000', markTime: 101 })).toHaveLength(1)
  })

  it('tells of another price than the mark where stops follow that: a newer mark says nothing', () => {
    const given: PlanGiven = { markTime: 101, config: { workingType: 'CONTRACT_PRICE' } }
    expect(exitsAfter([LONG], refusedAt('49000'), given)).toHaveLength(1)
  })

  it('tells nothing beyond a fill, which may have moved the stop', () => {
    const book = aBook([LONG], { events: refusedAt('49000') })
    const at = { ...contextOf({ markTime: 90 }), time: 150 }
    expect(passedTrigger({ ...book, lastFillTime: 100 }, 'LONG', at)).toMatchObject({ clientOrderId: 'at-49000' })
    expect(passedTrigger({ ...book, lastFillTime: 101 }, 'LONG', at)).toBeNull()
  })

  it('is not overruled by a mark that was known before it, though from a clock ahead of ours', () => {
    const events = [marked(140, '50000'), ...refusedAt('49000')]
    expect(exitsAfter([LONG], events, { markTime: 140 })).toHaveLength(1)
    expect(exitsAfter([LONG], events, { markTime: 141 })).toEqual([])
  })

  it('counts with those that were on their way at the same time: the furthest, in any order', () => {
    const [near, far] = [refusedAt('49900'), refusedAt('49000')]
    const both = ['SELL exit 0.1 (stop) for T1 0.1', 'SELL exit 0.1 (stop) for T2 0.1']
    expect(exitsAfter([NEAR, FAR], [...near, ...far])).toEqual(both)
    expect(exitsAfter([NEAR, FAR], [...far, ...near])).toEqual(both)
  })

  it('gives way to one that was intended after it', () => {
    const later = { ...anOrder({ clientOrderId: 'later', triggerPrice: '49900' }), time: 101 }
    const events = [...refusedAt('49000'), later, passedAlready('later', 120)]
    expect(exitsAfter([NEAR, FAR], events)).toEqual(['SELL exit 0.1 (stop) for T1 0.1'])
  })
})
