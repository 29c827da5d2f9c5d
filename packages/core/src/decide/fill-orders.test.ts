import { describe, expect, it } from 'vitest'
import { anOrder } from '../../test/builders/book-builder.js'
import {
  aLife,
  answers,
  asks,
  buys,
  eventsOf,
  type Life,
  marks,
  nets,
  openOf,
  realizedOf,
  sells,
  shorts,
  theOne,
  trancheIn,
  typesOf,
} from '../../test/builders/life-builder.js'
import type { EventOf } from '../book/events.js'
import { applyEvent } from '../evolve/evolve.js'
import { formatQuantity } from '../money/quantity.js'

/** A book at 50 000 that may send. */
function ready(changes: Parameters<typeof aLife>[0] = {}): Life {
  const life = aLife({ ...changes, config: { instantTakeProfit: false, ...changes.config } })
  life.tell(marks('50000'))
  return life
}

/** Intends what is asked, and gives the intent. */
function intent(life: Life, command: string, more: Record<string, unknown>): EventOf<'OrderIntended'> {
  return theOne(life.tell(asks(command, more)), 'OrderIntended')
}

describe('an entry intent', () => {
  it('opens nothing when it is placed, acknowledged, refused or gone', () => {
    const life = ready()
    const { clientOrderId } = intent(life, 'openTranche', { side: 'LONG', quantity: '0.01' })
    life.tell(answers(clientOrderId, 'acknowledged', { orderId: '7' }))
    expect(openOf(life)).toBe('')
    life.tell(answers(clientOrderId, 'cancelled', { filledQuantity: '0' }))
    expect(openOf(life)).toBe('')
    expect(life.book.orders.size).toBe(0)
    const other = intent(life, 'openTranche', { side: 'LONG', quantity: '0.01' })
    life.tell(answers(other.clientOrderId, 'refused', { code: '-2019' }))
    expect(openOf(life)).toBe('')
  })

  it('opens its tranche by its fills, with its label, as our own', () => {
    const life = ready()
    const { clientOrderId } = intent(life, 'openTranche', {
      side: 'LONG',
      quantity: '0.01',
      label: 'swing',
      price: '49000',
    })
    const events = life.tell(buys('0.01', '49000', { clientOrderId, orderId: '7' }))

    expect(typesOf(events)).toEqual(['FillBooked', 'TrancheOpened', 'OrderClosed'])
    expect(theOne(events, 'TrancheOpened')).toMatchObject({
      label: 'swing',
      origin: 'intent',
      orderId: '7',
      clientOrderId,
      correlationId: clientOrderId,
    })
    expect(theOne(events, 'OrderClosed')).toMatchObject({ status: 'filled', filledQuantity: '0.01' })
    expect(life.book.orders.size).toBe(0)
  })

  it('partly filled and cancelled leaves a tranche of the filled part', () => {
    const life = ready()
    const { clientOrderId } = intent(life, 'openTranche', { side: 'LONG', quantity: '0.01', price: '49000' })
    life.tellAll([
      buys('0.003', '49000', { clientOrderId, orderId: '7' }),
      buys('0.001', '48000', { clientOrderId, orderId: '7' }),
      answers(clientOrderId, 'cancelled', { filledQuantity: '0.004' }),
    ])

    expect(openOf(life)).toBe('T1 0.004')
    expect(life.book.orders.size).toBe(0)
  })

  it('of one decision fills one tranche even where the venue gives no order id', () => {
    const life = ready()
    const { clientOrderId } = intent(life, 'openTranche', { side: 'LONG', quantity: '0.01' })
    life.tellAll([buys('0.004', '50000', { clientOrderId }), buys('0.006', '50000', { clientOrderId })])

    expect(openOf(life)).toBe('T1 0.01')
  })

  it('adds to the tranche it names, isolated or not', () => {
    const life = ready()
    life.tellAll([buys('0.01', '50000'), asks('isolateTranche', { tranche: 'T1' })])
    const { clientOrderId, entryTranche } = intent(life, 'addToTranche', { tranche: 'T1', quantity: '0.005' })
    life.tell(buys('0.005', '49000', { clientOrderId }))

    expect(entryTranche).toBe('T1')
    expect(openOf(life)).toBe('T1 0.015')
    expect(trancheIn(life, 'T1').isolated).toBe(true)
  })

  it('is known by the id of the venue as well', () => {
    const life = ready()
    const { clientOrderId } = intent(life, 'openTranche', { side: 'LONG', quantity: '0.01', label: 'swing' })
    life.tellAll([answers(clientOrderId, 'acknowledged', { orderId: '77' }), buys('0.01', '50000', { orderId: '77' })])

    expect(trancheIn(life, 'T1')).toMatchObject({ label: 'swing', origin: 'intent' })
    expect(life.book.orders.size).toBe(0)
  })

  it('in one-way mode opens its own side while the other is open', () => {
    const life = ready({ positionMode: 'ONE_WAY' })
    life.tell(nets('BUY', '0.01', '50000'))
    const { clientOrderId } = intent(life, 'openTranche', { side: 'SHORT', quantity: '0.004' })
    life.tell(nets('SELL', '0.004', '50000', { clientOrderId }))

    expect(openOf(life)).toBe('T1 0.01')
    expect(openOf(life, 'SHORT')).toBe('T2 0.004')
  })
})

describe('a closing intent', () => {
  it('closes the tranche it names, whatever the closing rule', () => {
    const life = ready()
    life.tellAll([buys('0.01', '50000'), buys('0.01', '49000')])
    const { clientOrderId, allocation } = intent(life, 'closeTranche', { tranche: 'T1' })
    expect(allocation).toEqual([{ tranche: 'T1', quantity: '0.01' }])
    const events = life.tell(sells('0.01', '51000', { clientOrderId }))

    expect(openOf(life)).toBe('T2 0.01')
    expect(theOne(events, 'TrancheReduced').because).toMatchObject({
      rule: 'closing.intent.exit',
      observed: { order: clientOrderId, tranche: null },
      candidates: [{ tranche: 'T1', chosen: '0.01' }],
    })
    expect(theOne(events, 'TrancheClosed').reason).toBe('command')
  })

  /** Rests a stop over T1 0.01 and T2 0.02. */
  function combined(life: Life): string {
    life.tellAll([buys('0.01', '50000'), buys('0.02', '49000'), buys('0.01', '48000')])
    const stop = anOrder({
      clientOrderId: 'tbaaaaaaaaaaaa-1-1',
      quantity: '0.03',
      allocation: [
        { tranche: 'T1', quantity: '0.01' },
        { tranche: 'T2', quantity: '0.02' },
      ],
    })
    applyEvent(life.book, stop)
    return stop.clientOrderId
  }

  it('splits its fills as the intent fixed it, in order', () => {
    const life = ready()
    const clientOrderId = combined(life)

    life.tell(sells('0.015', '47000', { clientOrderId }))
    expect(openOf(life)).toBe('T2 0.015, T3 0.01')
    life.tell(sells('0.015', '47000', { clientOrderId }))
    expect(openOf(life)).toBe('T3 0.01')
    expect(eventsOf(life.events, 'TrancheReduced').map((event) => event.reason)).toEqual(['stop', 'stop', 'stop'])
    expect(life.book.orders.size).toBe(0)
  })

  it('takes no more of a tranche than the intent fixed, over all its fills (known failure 40)', () => {
    const life = ready()
    life.tellAll([buys('0.01', '50000'), buys('0.02', '49000')])
    const clientOrderId = 'tbaaaaaaaaaaaa-1-1'
    const allocation = [
      { tranche: 'T1', quantity: '0.004' },
      { tranche: 'T2', quantity: '0.006' },
    ]
    applyEvent(life.book, anOrder({ clientOrderId, quantity: '0.01', allocation }))
    life.tellAll([sells('0.004', '47000', { clientOrderId }), sells('0.006', '47000', { clientOrderId })])

    expect(openOf(life)).toBe('T1 0.006, T2 0.014')
  })

  it('gives what exceeds its tranches to the closing rule', () => {
    const life = ready()
    const clientOrderId = combined(life)
    // T2 was closed by somebody else meanwhile
    life.tellAll([sells('0.02', '47000', { tranche: 'T2' }), sells('0.03', '47000', { clientOrderId })])

    expect(openOf(life)).toBe('')
    expect(eventsOf(life.events, 'TrancheReduced').slice(-2)).toMatchObject([
      { tranche: 'T1', quantity: '0.01' },
      { tranche: 'T3', quantity: '0.01' },
    ])
    expect(life.book.groups.LONG.unmatched).toMatchObject([{ quantity: 10_000_000_000n }])
  })

  it('without an allocation is split by the closing rule, isolated tranches last', () => {
    const life = ready({ config: { closingStrategy: 'WORST_FIRST' } })
    life.tellAll([buys('0.01', '50000'), buys('0.01', '49000'), asks('isolateTranche', { tranche: 'T1' })])
    applyEvent(life.book, anOrder({ clientOrderId: 'tbaaaaaaaaaaaa-1-1', quantity: '0.01', allocation: [] }))
    life.tell(sells('0.01', '48000', { clientOrderId: 'tbaaaaaaaaaaaa-1-1' }))

    // T1 is the worst, but waits for recovery behind a stop of its own
    expect(openOf(life)).toBe('T1 0.01')
  })

  it('without an allocation takes all alike where the pair covers isolated ones', () => {
    const life = ready({ config: { closingStrategy: 'WORST_FIRST', combinedIncludesIsolated: true } })
    life.tellAll([buys('0.01', '50000'), buys('0.01', '49000'), asks('isolateTranche', { tranche: 'T1' })])
    applyEvent(life.book, anOrder({ clientOrderId: 'tbaaaaaaaaaaaa-1-1', quantity: '0.01', allocation: [] }))
    life.tell(sells('0.01', '48000', { clientOrderId: 'tbaaaaaaaaaaaa-1-1' }))

    expect(openOf(life)).toBe('T2 0.01')
  })

  it('is known by the order that a triggered stop became', () => {
    const life = ready()
    const clientOrderId = combined(life)
    life.tellAll([
      answers(clientOrderId, 'acknowledged', { orderId: '5' }),
      answers(clientOrderId, 'triggered', { childOrderId: '900' }),
    ])
    expect(theOne(life.events, 'OrderTriggered')).toMatchObject({ clientOrderId, childOrderId: '900' })
    expect(life.tell(answers(clientOrderId, 'triggered', { childOrderId: '900' }))).toEqual([])
    life.tell(sells('0.01', '47000', { orderId: '900' }))

    expect(openOf(life)).toBe('T2 0.02, T3 0.01')
  })

  it('that filled is named by the fill only: a vanished order closes nothing', () => {
    const life = ready()
    const clientOrderId = combined(life)
    life.tellAll([answers(clientOrderId, 'expired'), answers(clientOrderId, 'absent')])

    expect(openOf(life)).toBe('T1 0.01, T2 0.02, T3 0.01')
    expect(life.book.orders.size).toBe(0)
  })

  it('of one-way mode never opens the other side', () => {
    // known incident 16
    const life = ready({ positionMode: 'ONE_WAY' })
    life.tell(nets('BUY', '0.01', '50000'))
    const { clientOrderId, reduceOnly } = intent(life, 'closeTranche', { tranche: 'T1' })
    expect(reduceOnly).toBe(true)
    life.tellAll([nets('SELL', '0.01', '50000'), nets('SELL', '0.01', '50000', { clientOrderId })])

    expect(openOf(life)).toBe('')
    expect(openOf(life, 'SHORT')).toBe('')
    expect(life.book.groups.LONG.unmatched).toHaveLength(1)
  })

  it('of one-way mode that was sent without a guard opens the other side with what it does not close', () => {
    const life = ready({ positionMode: 'ONE_WAY' })
    life.tell(nets('BUY', '0.03', '50000'))
    const { clientOrderId: entry } = intent(life, 'openTranche', { side: 'SHORT', quantity: '0.02' })
    life.tell(nets('SELL', '0.02', '50000', { clientOrderId: entry }))
    // The net position is 0.01 LONG: the venue would refuse a reduce-only order that buys.
    const { clientOrderId, reduceOnly } = intent(life, 'closeTranche', { tranche: 'T2' })
    expect(reduceOnly).toBe(false)
    // Somebody else buys first, which closes 0.015 of T2; of our 0.02 only 0.005 finds something to close.
    life.tellAll([nets('BUY', '0.015', '50000'), nets('BUY', '0.02', '50000', { clientOrderId })])

    expect(openOf(life, 'SHORT')).toBe('')
    expect(openOf(life)).toBe('T1 0.03, T3 0.015')
    expect(life.book.groups.SHORT.unmatched).toEqual([])
  })

  it('closes SHORT by buying', () => {
    const life = ready()
    life.tell(shorts('0.01', '50000'))

    expect(intent(life, 'closeTranche', { tranche: 'T1', quantity: '0.004' })).toMatchObject({
      side: 'SHORT',
      orderSide: 'BUY',
      positionSide: 'SHORT',
      quantity: '0.004',
    })
  })

  it('of a position as a whole ends by a report, since it has no quantity', () => {
    const life = ready()
    life.tell(buys('0.01', '50000'))
    applyEvent(life.book, anOrder({ clientOrderId: 'tbaaaaaaaaaaaa-1-1', purpose: 'failSafe', quantity: null }))
    life.tell(sells('0.01', '45000', { clientOrderId: 'tbaaaaaaaaaaaa-1-1' }))
    expect(openOf(life)).toBe('')
    expect(life.book.orders.size).toBe(1)
    life.tell(answers('tbaaaaaaaaaaaa-1-1', 'filled', { filledQuantity: '0.01' }))
    expect(life.book.orders.size).toBe(0)
    expect(eventsOf(life.events, 'TrancheReduced')[0]!.reason).toBe('failSafe')
  })
})

describe('an order that the venue ended', () => {
  it('waits for the fills that the venue counts', () => {
    const life = ready()
    const { clientOrderId } = intent(life, 'openTranche', { side: 'LONG', quantity: '0.01', label: 'swing' })
    expect(typesOf(life.tell(answers(clientOrderId, 'filled')))).toEqual(['OrderEnding'])
    expect(life.tell(answers(clientOrderId, 'filled'))).toEqual([])
    expect(openOf(life)).toBe('')
    const events = life.tell(buys('0.01', '50000', { clientOrderId }))

    expect(typesOf(events)).toEqual(['FillBooked', 'TrancheOpened', 'OrderClosed'])
    expect(theOne(events, 'OrderClosed').status).toBe('filled')
    expect(trancheIn(life, 'T1').label).toBe('swing')
  })

  it('by a cancel that raced a fill: the fill counts', () => {
    const life = ready()
    life.tellAll([buys('0.01', '50000'), buys('0.01', '49000')])
    const { clientOrderId } = intent(life, 'closeTranche', { tranche: 'T1', price: '51000' })
    life.tell(answers(clientOrderId, 'cancelled', { filledQuantity: '0.004' }))
    expect(life.book.orders.get(clientOrderId)?.ending).toEqual({ status: 'cancelled', filledQuantity: 4_000_000_000n })
    const events = life.tell(sells('0.004', '51000', { clientOrderId }))

    expect(openOf(life)).toBe('T1 0.006, T2 0.01')
    expect(theOne(events, 'OrderClosed')).toMatchObject({ status: 'cancelled', filledQuantity: '0.004' })
    expect(realizedOf(life)).toBe('4')
  })

  it('ends at once where all its fills are booked', () => {
    const life = ready()
    const { clientOrderId } = intent(life, 'openTranche', { side: 'LONG', quantity: '0.01' })
    life.tell(buys('0.004', '50000', { clientOrderId }))

    expect(
      theOne(life.tell(answers(clientOrderId, 'expired', { filledQuantity: '0.004' })), 'OrderClosed'),
    ).toMatchObject({ status: 'expired', filledQuantity: '0.004' })
  })

  it('ends at once where the venue does not say how much was filled', () => {
    const life = ready()
    const { clientOrderId } = intent(life, 'openTranche', { side: 'LONG', quantity: '0.01' })

    expect(theOne(life.tell(answers(clientOrderId, 'cancelled')), 'OrderClosed')).toMatchObject({
      status: 'cancelled',
      filledQuantity: null,
    })
  })

  it('is left alone when it is gone already', () => {
    const life = ready()
    const { clientOrderId } = intent(life, 'openTranche', { side: 'LONG', quantity: '0.01' })
    life.tell(answers(clientOrderId, 'cancelled'))

    for (const status of [
      'acknowledged',
      'filled',
      'cancelled',
      'refused',
      'unknown',
      'absent',
      'cancelRefused',
      'triggered',
    ])
      expect(life.tell(answers(clientOrderId, status))).toEqual([])
  })
})

describe('a filled quantity', () => {
  it('never grows beyond what the fills say', () => {
    const life = ready()
    const { clientOrderId } = intent(life, 'openTranche', { side: 'LONG', quantity: '0.01' })
    life.tell(buys('0.004', '50000', { clientOrderId, tradeId: '1' }))
    life.tell(buys('0.004', '50000', { clientOrderId, tradeId: '1' }))

    expect(formatQuantity(life.book.orders.get(clientOrderId)!.filled)).toBe('0.004')
  })
})
