import { describe, expect, it } from 'vitest'
import {
  aLife,
  answers,
  asks,
  buys,
  marks,
  nets,
  openOf,
  sells,
  theOne,
  typesOf,
} from '../../test/builders/life-builder.js'

describe('a fill that comes after its order has ended (known failure 15)', () => {
  it('still closes the tranche that the order was meant for', () => {
    const life = aLife({ config: { closingStrategy: 'LIFO' } })
    life.tell(marks('50000'))
    life.tell(buys('0.01', '50000', { orderId: '1' }))
    life.tell(buys('0.01', '50100', { orderId: '2' }))
    const { clientOrderId } = theOne(life.tell(asks('closeTranche', { tranche: 'T1' })), 'OrderIntended')
    life.tell(answers(clientOrderId, 'acknowledged', { orderId: '7' }))
    life.tell(answers(clientOrderId, 'cancelled'))
    expect(life.book.orders.size).toBe(0)

    life.tell(sells('0.01', '50200', { orderId: '7' }))

    expect(openOf(life)).toContain('T2')
    expect(openOf(life)).not.toContain('T1')
  })

  it('opens nothing on the other side in one-way mode (incident 16)', () => {
    const life = aLife({ positionMode: 'ONE_WAY' })
    life.tell(marks('50000'))
    life.tell(nets('BUY', '0.01', '50000'))
    const { clientOrderId } = theOne(life.tell(asks('closeTranche', { tranche: 'T1' })), 'OrderIntended')
    life.tell(answers(clientOrderId, 'acknowledged', { orderId: '7' }))
    life.tell(answers(clientOrderId, 'cancelled'))
    life.tell(nets('SELL', '0.01', '50100'))

    const events = life.tell(nets('SELL', '0.01', '50200', { orderId: '7' }))

    expect(typesOf(events)).toEqual(['FillBooked'])
    expect(openOf(life)).toBe('')
  })

  it('forgets the oldest once there are too many', () => {
    const life = aLife({})
    life.tell(marks('50000'))
    life.tell(buys('1', '50000'))
    for (let count = 0; count < 70; count += 1) {
      const { clientOrderId } = theOne(
        life.tell(asks('closeTranche', { tranche: 'T1', quantity: '0.01' })),
        'OrderIntended',
      )
      life.tell(answers(clientOrderId, 'cancelled', { filledQuantity: '0' }))
    }
    expect(life.book.endedOrders.size).toBe(64)
  })
})
