import { parsePrice, parseQuantity, type Input } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { type Mail, Mailbox } from './mailbox.js'

const header = { time: 1, account: 'main', symbol: 'BTCUSDT' }

function mailOf(input: Input): Mail {
  return { input, isLate: false, answer: null, fail: null }
}

function mark(id: string): Mail {
  return mailOf({ ...header, type: 'mark', id, price: parsePrice('50000') })
}

function report(id: string): Mail {
  const rest = { orderId: null, childOrderId: null, filledQuantity: null, code: null, message: null }
  return mailOf({
    ...header,
    ...rest,
    type: 'order',
    id,
    clientOrderId: id,
    status: 'acknowledged',
    isPermanent: false,
    wouldTrigger: false,
  })
}

function entry(id: string): Mail {
  const terms = { side: 'LONG', quantity: parseQuantity('1'), price: null, label: null, signalStrength: null } as const
  return mailOf({ ...header, ...terms, type: 'command', id, actor: null, command: 'openTranche' })
}

function idsOf(mails: readonly Mail[]): readonly string[] {
  return mails.map(({ input }) => input.id)
}

describe('the mailbox', () => {
  it('gives inputs in the order they came', () => {
    const mailbox = new Mailbox(10)
    for (const mail of [report('a'), mark('b'), entry('c')]) expect(mailbox.post(mail)).toBe('queued')
    expect(idsOf(mailbox.take(2))).toEqual(['a', 'b'])
    expect(idsOf(mailbox.take(2))).toEqual(['c'])
  })

  it('turns entries away once it is half full, and lets facts in', () => {
    const mailbox = new Mailbox(4)
    for (const id of ['a', 'b']) mailbox.post(report(id))
    expect(mailbox.post(entry('c'))).toBe('full')
    expect(mailbox.post(report('d'))).toBe('queued')
  })

  it('keeps the newest of the marks once it is half full, after what came before it', () => {
    const mailbox = new Mailbox(4)
    for (const mail of [mark('old'), report('a')]) mailbox.post(mail)
    expect(mailbox.post(mark('new'))).toBe('merged')
    expect(idsOf(mailbox.take(9))).toEqual(['a', 'new'])
  })

  it('says so when a fact finds no room', () => {
    const mailbox = new Mailbox(2)
    for (const id of ['a', 'b']) mailbox.post(report(id))
    expect(mailbox.post(report('c'))).toBe('full')
    expect(mailbox.size).toBe(2)
  })

  it('puts a batch back before what came since', () => {
    const mailbox = new Mailbox(4)
    for (const id of ['a', 'b']) mailbox.post(report(id))
    const batch = mailbox.take(1)
    mailbox.putBack(batch)
    expect(idsOf(mailbox.take(9))).toEqual(['a', 'b'])
  })
})
