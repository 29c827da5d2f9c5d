import { describe, expect, it } from 'vitest'
import { reviewOf } from '../../test/builders/book-builder.js'
import { exits, pair, refusalIn } from '../../test/builders/command-builder.js'
import { BTC, contextOf } from '../../test/builders/context-builder.js'
import {
  aLife,
  answers,
  asks,
  buys,
  eventsOf,
  type Line,
  marks,
  nets,
  theOne,
} from '../../test/builders/life-builder.js'
import type { BookEvent } from '../book/events.js'

describe('closeTranche', () => {
  it.each<[name: string, more: Line, wanted: string]>([
    ['all of it, by id', { tranche: 'T1' }, 'LONG 0.01 market command'],
    ['all of it, by label', { tranche: 'swing' }, 'LONG 0.01 market command'],
    ['a part', { tranche: 'T2', quantity: '0.005' }, 'SHORT 0.005 market command'],
    ['at a limit', { tranche: 'T1', price: '51000' }, 'LONG 0.01 51000 command'],
  ])('sends an exit for %s', (_name, more, wanted) => {
    const life = pair()
    const events = life.tell(asks('closeTranche', { ...more, actor: 'anna' }))

    expect(exits(events)).toEqual([wanted])
    expect(theOne(events, 'OrderIntended').because).toEqual({
      rule: 'command.closeTranche',
      observed: { actor: 'anna' },
    })
  })

  it.each<[name: string, more: Line, code: string, says: string]>([
    [
      'more than is open',
      { quantity: '5' },
      'quantityAboveOpen',
      '5 is more than there is: T1 has 0.01 open; leave the quantity out to close all of it',
    ],
    [
      'a quantity off the step',
      { quantity: '0.0059' },
      'quantityOffStep',
      '0.0059 is not a multiple of the step 0.001: send 0.005, or leave the quantity out to close all of it; T1 has 0.01 open',
    ],
    [
      'less than a step',
      { quantity: '0.0001' },
      'quantityOffStep',
      '0.0001 is not a multiple of the step 0.001: send 0.001, or leave the quantity out to close all of it; T1 has 0.01 open',
    ],
    ['a price off the tick', { price: '51000.07' }, 'priceOffTick', '51000.07 is not a multiple of the tick 0.1'],
  ])('refuses %s: it is sent as asked, or not at all', (_name, more, code, message) => {
    const life = pair({ instrument: BTC })
    const events = life.tell(asks('closeTranche', { tranche: 'T1', ...more }))

    expect(theOne(events, 'CommandRefused')).toMatchObject({ code, message })
    expect(exits(events)).toEqual([])
  })

  it.each([undefined, '0.0105'])('closes all of what is not on the step, down to the step: quantity %s', (quantity) => {
    const life = aLife({ instrument: BTC })
    life.tellAll([marks('50000'), buys('0.0105', '50000')])

    expect(exits(life.tell(asks('closeTranche', { tranche: 'T1', quantity })))).toEqual(['LONG 0.01 market command'])
  })

  it('refuses what is on its way out already, or a rest below the step', () => {
    const life = pair({ instrument: BTC })
    life.tell(asks('closeTranche', { tranche: 'T1' }))

    expect(refusalIn(life.tell(asks('closeTranche', { tranche: 'T1' })))).toBe('closeTranche nothingToClose')
    life.tell(buys('0.0005', '50000', { tranche: 'dust' }))
    const events = life.tell(asks('closeTranche', { tranche: 'dust' }))
    expect(theOne(events, 'CommandRefused').message).toContain('T3 has nothing left that can be closed')
  })

  it('refuses what an exit of unknown outcome may be closing (known failure 17, 40)', () => {
    const life = pair()
    const { clientOrderId } = theOne(life.tell(asks('closeTranche', { tranche: 'T1' })), 'OrderIntended')
    life.tell(answers(clientOrderId, 'unknown'))

    expect(refusalIn(life.tell(asks('closeTranche', { tranche: 'T1' })))).toBe('closeTranche nothingToClose')
  })

  it('of what one-way mode nets out refuses what is below the minimum notional, and sends what is not', () => {
    const life = aLife({ positionMode: 'ONE_WAY', instrument: BTC, config: { instantTakeProfit: false } })
    const enter = (quantity: string): void => {
      const { clientOrderId } = theOne(life.tell(asks('openTranche', { side: 'SHORT', quantity })), 'OrderIntended')
      life.tell(nets('SELL', quantity, '4900', { clientOrderId }))
    }
    life.tellAll([marks('4900'), nets('BUY', '0.03', '4900')])
    enter('0.002')
    enter('0.003')
    const closing = (tranche: string): readonly BookEvent[] => life.tell(asks('closeTranche', { tranche }))

    life.tell(marks('2400'))
    expect(refusalIn(closing('T2'))).toBe('closeTranche nothingToClose')
    expect(theOne(closing('T3'), 'OrderIntended')).toMatchObject({ quantity: '0.003', reduceOnly: false })
    // what reduces is exempt; the 0.005 that T2 and T3 net out go as a plain order
    expect(eventsOf(closing('T1'), 'OrderIntended')).toMatchObject([
      { quantity: '0.025', reduceOnly: true },
      { quantity: '0.005', reduceOnly: false },
    ])
  })

  it('refuses a tranche that is not open, and says which are', () => {
    expect(theOne(pair().tell(asks('closeTranche', { tranche: 'T9' })), 'CommandRefused')).toMatchObject({
      code: 'trancheNotOpen',
      message: 'no open tranche is called T9: open are T1 (swing), T2',
    })
    expect(theOne(aLife().tell(asks('closeTranche', { tranche: 'T9' })), 'CommandRefused').message).toContain(
      'none is open',
    )
  })

  it('sends nothing while only looking on, and says so', () => {
    const life = pair({ setup: { sending: 'observe' } })

    expect(theOne(life.tell(asks('closeTranche', { tranche: 'T1' })), 'CommandRefused')).toMatchObject({
      code: 'notSending',
    })
  })

  it('is sent in mode protect: exits are always allowed', () => {
    expect(exits(pair({ setup: { sending: 'protect' } }).tell(asks('closeTranche', { tranche: 'T1' })))).toHaveLength(1)
  })
})

describe('closeGroup and flatten', () => {
  it('close every tranche of a side, or of both', () => {
    expect(exits(pair().tell(asks('closeGroup', { side: 'SHORT' })))).toEqual(['SHORT 0.02 market command'])
    expect(exits(pair().tell(asks('flatten')))).toEqual(['LONG 0.01 market command', 'SHORT 0.02 market command'])
    expect(aLife().tell(asks('flatten'))).toEqual([])
  })

  it('flatten cancels an entry that is still on its way, and goes on until it is gone', () => {
    const life = aLife()
    life.tell(marks('50000'))
    const entry = asks('openTranche', { side: 'LONG', quantity: '0.01', price: '49000' })
    const { clientOrderId } = theOne(life.tell(entry), 'OrderIntended')

    expect(life.tell(asks('flatten'))).toMatchObject([{ type: 'CancelIntended', clientOrderId, reason: 'flatten' }])
    expect(life.tell(answers(clientOrderId, 'unknown'))).toEqual([])
    life.tell(answers(clientOrderId, 'acknowledged', { orderId: '7' }))
    expect(life.book.orders.get(clientOrderId)).toMatchObject({ state: 'cancelling', venueOrderId: '7' })
    const [refusal] = life.tell(answers(clientOrderId, 'cancelRefused'))
    const again = reviewOf(life.book, contextOf(), refusal!.time + 1000)
    expect(again).toMatchObject([{ type: 'CancelIntended', clientOrderId, reason: 'cancelRefused' }])
    life.tell(answers(clientOrderId, 'cancelled', { filledQuantity: '0' }))
    expect(life.book.orders.size).toBe(0)
  })

  it('flatten cancels an entry of unknown outcome', () => {
    const life = aLife()
    life.tell(marks('50000'))
    const entry = asks('openTranche', { side: 'LONG', quantity: '0.01', price: '49000' })
    const { clientOrderId } = theOne(life.tell(entry), 'OrderIntended')
    life.tell(answers(clientOrderId, 'unknown'))
    expect(life.tell(asks('flatten'))).toMatchObject([{ type: 'CancelIntended', clientOrderId, reason: 'flatten' }])
  })

  it('flatten waits for the fills of an entry that the venue has ended', () => {
    const life = aLife()
    life.tell(marks('50000'))
    const entry = asks('openTranche', { side: 'LONG', quantity: '0.01', price: '49000' })
    const { clientOrderId } = theOne(life.tell(entry), 'OrderIntended')
    life.tell(answers(clientOrderId, 'cancelled', { filledQuantity: '0.004' }))
    expect(life.tell(asks('flatten'))).toEqual([])
  })
})
