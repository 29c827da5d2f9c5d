import { describe, expect, it } from 'vitest'
import { BTC } from '../../test/builders/context-builder.js'
import {
  aLife,
  asks,
  answers,
  eventsOf,
  type Life,
  type Line,
  marks,
  nets,
  theOne,
} from '../../test/builders/life-builder.js'
import type { BookEvent } from '../book/events.js'
import { parseQuantity } from '../money/quantity.js'

function exitsIn(events: readonly BookEvent[]): readonly string[] {
  return eventsOf(events, 'OrderIntended').map(
    ({ quantity, reduceOnly }) => `${quantity} ${reduceOnly ? 'reduces' : 'plain'}`,
  )
}

/** One-way: 0.03 LONG as T1, then our own SHORT entries; the venue holds the difference. */
function netting(...shorts: readonly string[]): Life {
  const life = aLife({ positionMode: 'ONE_WAY', instrument: BTC, config: { instantTakeProfit: false } })
  life.tellAll([marks('50000'), nets('BUY', '0.03', '50000')])
  for (const quantity of shorts) {
    const { clientOrderId } = theOne(life.tell(asks('openTranche', { side: 'SHORT', quantity })), 'OrderIntended')
    life.tell(nets('SELL', quantity, '50000', { clientOrderId }))
  }
  return life
}

describe('exits of a one-way book with tranches on both sides', () => {
  const close = (tranche: string, more: Line = {}): Line => asks('closeTranche', { tranche, ...more })

  it('reduce together no more than the net position, those under way included', () => {
    // net 0.02 LONG: 0.015 of it is on its way out, 0.005 may still reduce
    const life = netting('0.01')
    expect(exitsIn(life.tell(close('T1', { quantity: '0.015' })))).toEqual(['0.015 reduces'])
    expect(exitsIn(life.tell(close('T1')))).toEqual(['0.005 reduces', '0.01 plain'])
  })

  it('count what has filled of those under way once', () => {
    const life = netting('0.01')
    const { clientOrderId } = theOne(life.tell(close('T1', { quantity: '0.015' })), 'OrderIntended')
    life.tell(nets('SELL', '0.01', '50000', { clientOrderId }))
    // net 0.01 LONG, 0.005 of it on its way out
    expect(exitsIn(life.tell(close('T1')))).toEqual(['0.005 reduces', '0.01 plain'])
  })

  it('do not count plain exits, nor those of the other side', () => {
    const life = netting('0.01')
    expect(exitsIn(life.tell(close('T2', { quantity: '0.005' })))).toEqual(['0.005 plain'])
    expect(exitsIn(life.tell(close('T1')))).toEqual(['0.02 reduces', '0.01 plain'])
  })

  it('count those of the same decision', () => {
    const life = netting('0.01')
    const { clientOrderId } = theOne(
      life.tell(asks('openTranche', { side: 'LONG', quantity: '0.02' })),
      'OrderIntended',
    )
    life.tell(nets('BUY', '0.02', '50000', { clientOrderId }))
    // net 0.04 LONG
    expect(exitsIn(life.tell(asks('closeGroup', { side: 'LONG' })))).toEqual([
      '0.03 reduces',
      '0.01 reduces',
      '0.01 plain',
    ])
  })

  it('do not count entries, nor what the other side closes, of the same decision', () => {
    const life = netting('0.01')
    // net 0.02 LONG
    expect(exitsIn(life.tell(asks('flatten')))).toEqual(['0.02 reduces', '0.01 plain', '0.01 plain'])
  })

  it('are all plain where the net position is all on its way out', () => {
    const life = netting('0.01')
    life.tell(close('T1', { quantity: '0.02' }))
    expect(exitsIn(life.tell(close('T1')))).toEqual(['0.01 plain'])
  })
})

describe('the largest order of a venue', () => {
  it.each<[what: string, price: string | undefined, wanted: readonly string[]]>([
    ['at market', undefined, ['0.02', '0.01']],
    ['at a limit', '51000', ['0.025', '0.005']],
  ])('splits an exit %s', (_what, price, wanted) => {
    const instrument = { ...BTC, maxMarketQuantity: parseQuantity('0.02'), maxQuantity: parseQuantity('0.025') }
    const life = aLife({ positionMode: 'ONE_WAY', instrument, config: { instantTakeProfit: false } })
    life.tellAll([marks('50000'), nets('BUY', '0.03', '50000')])
    const events = eventsOf(life.tell(asks('closeTranche', { tranche: 'T1', price })), 'OrderIntended')
    expect(events.map(({ quantity }) => quantity)).toEqual(wanted)
  })

  it('of 0 is none', () => {
    const instrument = { ...BTC, maxMarketQuantity: parseQuantity('0') }
    const life = aLife({ positionMode: 'ONE_WAY', instrument })
    life.tellAll([marks('50000'), nets('BUY', '0.03', '50000')])
    expect(exitsIn(life.tell(asks('closeTranche', { tranche: 'T1' })))).toEqual(['0.03 reduces'])
  })
})

it('what an exit of a tranche has under way is not sent again, whatever its answer is', () => {
  const life = netting()
  const { clientOrderId } = theOne(
    life.tell(asks('closeTranche', { tranche: 'T1', quantity: '0.02' })),
    'OrderIntended',
  )
  life.tell(answers(clientOrderId, 'unknown'))
  expect(exitsIn(life.tell(asks('closeTranche', { tranche: 'T1' })))).toEqual(['0.01 reduces'])
})
