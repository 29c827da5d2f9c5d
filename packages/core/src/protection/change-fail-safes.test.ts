import { describe, expect, it } from 'vitest'
import { anOrder, refused, resting } from '../../test/builders/book-builder.js'
import { actions, cancelling, failSafe, PLACE_STOP, stop, waits } from '../../test/builders/compare-builder.js'
import { LONG, SHORT } from '../../test/builders/plan-builder.js'

describe('the close-position stop', () => {
  const combined = { protection: 'COMBINED' } as const
  const tranche = { ...LONG, takeProfit: null }
  const pair = resting(stop('s', { allocation: [] }))

  it('is placed beside the finer stops', () => {
    expect(actions([tranche], { config: combined, events: pair })).toEqual(['place SELL failSafe all at 49000'])
  })

  it('moves by cancel and place in one step, since a second one is refused', () => {
    const events = [...pair, ...resting(failSafe('f', '48000'))]
    expect(actions([tranche], { config: combined, events })).toEqual(['cancel f then place SELL failSafe all at 49000'])
  })

  it('does not move before the finer stops rest', () => {
    const events = [anOrder(stop('s', { allocation: [] })), ...resting(failSafe('f', '48000'))]
    expect(actions([tranche], { config: combined, events })).toEqual([])
    expect(waits([tranche], { config: combined, events })).toEqual(['failSafe finerStopsFirst'])
  })

  it('moves whatever the stops of the other side wait for', () => {
    const other = { ...SHORT, id: 'T2', takeProfit: null }
    const move = 'cancel f then place SELL failSafe all at 49000'
    const events = [...pair, ...resting(failSafe('f', '48000'))]
    expect(actions([tranche, other], { config: combined, events })).toContain(move)
    const short = stop('o', { side: 'SHORT', triggerPrice: '51000', quantity: '0.01', allocation: [] })
    expect(actions([tranche, other], { config: combined, events: [...events, anOrder(short)] })).toContain(move)
  })

  it('is tried again at most once per reconciliation interval after three refusals', () => {
    const three = ['a', 'b', 'c'].flatMap((id) => [anOrder(failSafe(id)), refused(id, 100)])
    const given = { config: combined, events: [...pair, ...three], markTime: 10_000 }
    expect(actions([tranche], { ...given, time: 10_099 })).toEqual([])
    expect(waits([tranche], { ...given, time: 10_099 })).toEqual(['failSafe retryLater'])
    expect(actions([tranche], { ...given, time: 10_100 })).toEqual(['place SELL failSafe all at 49000'])
  })

  it('is not placed where a fresh mark has passed even the worst stop', () => {
    const given = { config: combined, mark: '48900' }
    expect(actions([tranche], given)).toEqual([])
    expect(waits([tranche], given)).toEqual(['failSafe wouldTrigger'])
  })

  it('waits while the old one may still be working', () => {
    const events = [...pair, ...resting(failSafe('f', '48000')), cancelling('f')]
    expect(waits([tranche], { config: combined, events })).toEqual(['failSafe cancelUnderWay'])
  })

  it('goes when nothing wants it, but only while finer stops cover', () => {
    const own = resting(stop('s'))
    expect(actions([tranche], { events: [...own, ...resting(failSafe('f'))] })).toEqual(['cancel f (obsolete)'])
    expect(actions([tranche], { events: resting(failSafe('f')) })).toEqual([PLACE_STOP])
  })
})
