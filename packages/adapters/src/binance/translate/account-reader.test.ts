import { formatQuantity } from '@tranchebook/core'
import { describe, expect, it } from 'vitest'
import { binanceBench } from '../../../test/account-readers.js'
import { algoMessage, orderMessage, tradeMessage } from '../../../test/stream-messages.js'
import type { AccountEvent } from '../../venue/account-event.js'

const CHILD = '8389765739703625592'
const ALGO = '4000001910701524'

const placed = algoMessage({ X: 'NEW' })
const triggering = algoMessage({ X: 'TRIGGERING' })
const triggered = algoMessage({ X: 'TRIGGERED', ai: CHILD, aq: '0', T: 910 })
const finished = algoMessage({ X: 'FINISHED', ai: CHILD, aq: '0.002', T: 911 })
const childNew = orderMessage({ i: CHILD })
const childFill = tradeMessage({ i: CHILD })

function inShort(event: AccountEvent): string {
  if (event.type === 'fill')
    return `fill ${event.tradeId} for ${event.clientOrderId ?? 'nobody'} by ${event.orderId ?? '-'}`
  if (event.type === 'order') {
    const filled = event.filledQuantity === null ? '?' : formatQuantity(event.filledQuantity)
    return `${event.clientOrderId} ${event.status} ${event.orderId ?? '-'}/${event.childOrderId ?? '-'} ${filled}`
  }
  return event.type
}

const FILL = `fill 77 for tb-stop-1 by ${CHILD}`
const DONE = `tb-stop-1 filled ${ALGO}/${CHILD} 0.002`

/** Lets look-ups that were just answered arrive. */
const settle = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve)
  })

describe('a stop and the order it becomes', () => {
  it('is one order, in the order of the documents', () => {
    const { reader, events, doubts } = binanceBench()
    for (const text of [placed, triggering, triggered, childNew, childFill, finished]) reader.read(text)
    expect(events.items.map(inShort)).toEqual([
      `tb-stop-1 acknowledged ${ALGO}/- 0`,
      `tb-stop-1 acknowledged ${ALGO}/- 0`,
      `tb-stop-1 triggered ${ALGO}/${CHILD} 0`,
      `tb-stop-1 triggered ${ALGO}/${CHILD} 0`,
      FILL,
      DONE,
      DONE,
    ])
    expect(doubts).toEqual([])
  })

  it.each([
    ['fill before TRIGGERED', [placed, childNew, childFill, triggered, finished]],
    ['fill before TRIGGERING', [placed, childNew, childFill, triggering, triggered, finished]],
    ['fill, then FINISHED, then TRIGGERED', [placed, childNew, childFill, finished, triggered]],
    ['everything before the child', [placed, triggering, triggered, finished, childNew, childFill]],
    ['no NEW of the child', [placed, childFill, triggered, finished]],
    ['no TRIGGERED', [placed, childFill, finished]],
    ['no NEW of the stop', [triggered, childNew, childFill, finished]],
  ])('is one order when messages come as they like: %s', (_name, messages) => {
    const { reader, events, registry, doubts } = binanceBench()
    if (!messages.includes(placed)) expect(registry.byClientId('tb-stop-1')).toBeNull()
    for (const text of messages) reader.read(text)
    const said = events.items.map(inShort)
    expect(said.filter((line) => line.startsWith('fill'))).toEqual([FILL])
    expect(said.at(-1)).toMatch(/filled|triggered/)
    expect(said).toContain(DONE)
    expect(doubts).toEqual([])
    const beforeFill = said.slice(0, said.indexOf(FILL))
    expect(beforeFill.some((line) => line.startsWith('someone'))).toBe(false)
  })

  it('is recognised by a client id that the child shares', () => {
    const { reader, events } = binanceBench()
    reader.read(placed)
    reader.read(tradeMessage({ i: CHILD, c: 'tb-stop-1' }))
    expect(events.items.map(inShort).slice(1)).toEqual([FILL, DONE])
  })

  it('is found by asking the venue when no message tells', async () => {
    const asked: string[] = []
    const { reader, events, clock, registry } = binanceBench((_symbol, orders) => {
      for (const order of orders) {
        asked.push(order.clientOrderId)
        registry.linkChild(order, CHILD)
      }
      return Promise.resolve()
    })
    reader.read(placed)
    reader.read(childFill)
    clock.advance(2_999)
    expect(events.items).toHaveLength(1)
    clock.advance(1)
    await settle()
    expect(asked).toEqual(['tb-stop-1'])
    expect(events.items.map(inShort).slice(1)).toEqual([FILL, DONE])
  })

  it('lets an order of somebody else go after one look', async () => {
    const { reader, events, clock } = binanceBench()
    reader.read(placed)
    reader.read(childFill)
    reader.read(orderMessage({ i: CHILD, x: 'CANCELED', X: 'CANCELED', z: '0.002', T: 1_001 }))
    clock.advance(3_000)
    await settle()
    expect(events.items.map(inShort).slice(1)).toEqual([
      `fill 77 for someone by ${CHILD}`,
      `someone filled ${CHILD}/- 0.002`,
    ])
  })

  it('looks three times when the venue does not answer', async () => {
    let looks = 0
    const { reader, events, clock } = binanceBench(() => {
      looks += 1
      return Promise.reject(new Error('no answer'))
    })
    reader.read(placed)
    reader.read(childFill)
    for (let round = 0; round < 3; round += 1) {
      expect(events.items).toHaveLength(1)
      clock.advance(3_000)
      await settle()
    }
    expect(looks).toBe(3)
    expect(events.items.map(inShort)[1]).toBe(`fill 77 for someone by ${CHILD}`)
  })

  it('does not wait where no stop could have become that order', () => {
    const { reader, events } = binanceBench()
    reader.read(placed)
    reader.read(tradeMessage({ i: 5, S: 'BUY' }))
    reader.read(tradeMessage({ i: 6, ps: 'LONG', t: 78 }))
    expect(events.items.map(inShort).slice(1)).toEqual([
      'fill 77 for someone by 5',
      'someone filled 5/- 0.002',
      'fill 78 for someone by 6',
      'someone filled 6/- 0.002',
    ])
  })
})

describe('the end of a stop', () => {
  it.each([
    [{ X: 'CANCELED' }, 'cancelled', '0'],
    [{ X: 'EXPIRED' }, 'expired', '0'],
    [{ X: 'REJECTED', rm: 'Margin is insufficient.' }, 'refused', '0'],
    [{ X: 'FINISHED', ai: CHILD, aq: '0' }, 'cancelled', '0'],
    [{ X: 'FINISHED', ai: CHILD, aq: '0.001' }, 'cancelled', '0.001'],
    [{ X: 'FINISHED', ai: CHILD, aq: '0.002' }, 'filled', '0.002'],
    [{ X: 'FINISHED', ai: CHILD, aq: '0.005', q: '0', cp: true }, 'filled', '0.005'],
  ])('%j means %s with %s filled', (fields, status, filled) => {
    const { reader, events } = binanceBench()
    reader.read(placed)
    reader.read(algoMessage({ ...fields, T: 950 }))
    const last = events.items.at(-1)
    expect(last).toMatchObject({ type: 'order', status, message: 'rm' in fields ? fields.rm : null })
    expect(last?.type === 'order' && last.filledQuantity !== null ? formatQuantity(last.filledQuantity) : '?').toBe(
      filled,
    )
  })

  it('without a child means: look', () => {
    const { reader, events, doubts } = binanceBench()
    reader.read(placed)
    reader.read(algoMessage({ X: 'FINISHED' }))
    expect(events.items.at(-1)).toMatchObject({ status: 'expired', filledQuantity: null })
    expect(doubts).toEqual(['tb-stop-1 finished without naming its child'])
  })

  it('frees the messages that waited for it', async () => {
    const { reader, events, clock } = binanceBench()
    reader.read(placed)
    reader.read(childFill)
    reader.read(algoMessage({ X: 'CANCELED' }))
    clock.advance(3_000)
    await settle()
    expect(events.items.map(inShort)).toContain(`fill 77 for someone by ${CHILD}`)
  })
})

describe('what else the stream tells', () => {
  it('books what the venue itself executes, and by which right', () => {
    const { reader, events } = binanceBench()
    reader.read(tradeMessage({ i: 1, c: 'autoclose-1596107620040000020', x: 'CALCULATED', t: 1 }))
    reader.read(tradeMessage({ i: 2, c: 'adl_autoclose', t: 2 }))
    reader.read(tradeMessage({ i: 3, c: 'adl_autoclose-123', t: 3 }))
    reader.read(tradeMessage({ i: 4, c: 'settlement_autoclose-9', t: 4 }))
    reader.read(orderMessage({ i: 5, c: 'autoclose-2', x: 'CALCULATED', X: 'FILLED' }))
    const fills = events.items.filter((event) => event.type === 'fill')
    expect(fills.map(({ tradeId, kind }) => [tradeId, kind])).toEqual([
      ['1', 'liquidation'],
      ['2', 'adl'],
      ['3', 'adl'],
      ['4', 'settlement'],
    ])
    expect(events.items.at(-1)).toMatchObject({ type: 'order', clientOrderId: 'autoclose-2', status: 'filled' })
  })

  it('books no quantity that a message names without an execution (incident 18)', () => {
    const { reader, events } = binanceBench()
    reader.read(tradeMessage({ i: 1, x: 'TRADE_PREVENTION', X: 'EXPIRED_IN_MATCH', z: '0' }))
    reader.read(tradeMessage({ i: 2, x: 'AMENDMENT', X: 'NEW', z: '0' }))
    expect(events.items.map(inShort)).toEqual(['someone expired 1/- 0', 'someone acknowledged 2/- 0'])
  })

  it('books a liquidation at once although a stop could have become such an order', () => {
    const { reader, events } = binanceBench()
    reader.read(placed)
    reader.read(tradeMessage({ i: 1, c: 'autoclose-1596107620040000020', x: 'CALCULATED', t: 1 }))
    expect(events.items[1]).toMatchObject({ type: 'fill', tradeId: '1', kind: 'liquidation' })
  })

  it('brings a trade that comes late, and no older standing of its order', () => {
    const { reader, events } = binanceBench()
    reader.read(tradeMessage({ i: 9, z: '0.002', l: '0.001', t: 2, T: 1_002 }))
    reader.read(tradeMessage({ i: 9, X: 'PARTIALLY_FILLED', z: '0.001', l: '0.001', t: 1, T: 1_001 }))
    expect(events.items.map(inShort)).toEqual([
      'fill 2 for someone by 9',
      'someone filled 9/- 0.002',
      'fill 1 for someone by 9',
    ])
  })

  it('lets no older position overwrite a newer one', () => {
    const { reader, events } = binanceBench()
    const account = (T: number, pa: string): string =>
      JSON.stringify({
        e: 'ACCOUNT_UPDATE',
        T,
        E: T,
        a: { m: 'ORDER', B: [], P: [{ s: 'BTCUSDT', pa, ep: '1', ps: 'SHORT' }] },
      })
    reader.read(account(20, '-2'))
    reader.read(account(10, '-1'))
    reader.read(account(30, '0'))
    expect(
      events.items.map((event) =>
        event.type === 'position' ? [event.time, formatQuantity(event.quantity), event.entryPrice] : [],
      ),
    ).toEqual([
      [20, '2', 1_000_000_000_000n],
      [30, '0', null],
    ])
  })

  it('takes an average that has more decimals than a price carries', () => {
    const { reader, events, doubts } = binanceBench()
    const P = [{ s: 'ENAUSDT', pa: '65457', ep: '0.4281605481461', bep: '0.4283746284202', ps: 'BOTH' }]
    reader.read(JSON.stringify({ e: 'ACCOUNT_UPDATE', T: 20, E: 20, a: { m: 'ORDER', B: [], P } }))
    expect(events.items).toMatchObject([{ type: 'position', entryPrice: 428_160_548_146n }])
    expect(doubts).toEqual([])
  })

  it('says that the listen key has expired', () => {
    const { reader, doubts, events } = binanceBench()
    reader.read(
      '{"e":"listenKeyExpired","E":"1736996475556","listenKey":"WsCMN0a4KHUPTQuX6IUnqEZfB1inxmv1qR4kbf1LuEjur5VdbzqvyxqG9TSjVVxv"}',
    )
    expect(doubts).toEqual(['key expired'])
    expect(events.items).toEqual([])
  })

  it('keeps what it does not know, and minds no new fields', () => {
    const { reader, events } = binanceBench()
    reader.read('{"e":"SOMETHING_NEW","E":1}')
    reader.read(orderMessage({ i: 1 }).replace('"c":"someone"', '"c":"someone","newField":{"deep":[1]}'))
    reader.read(orderMessage({ i: 2, X: 'SLEEPING' }))
    reader.read('{"result":null,"id":1}')
    expect(events.items.map((event) => [event.type, event.type === 'quarantined' ? event.reason : ''])).toEqual([
      ['quarantined', 'expected an event we know, got SOMETHING_NEW'],
      ['order', ''],
      ['quarantined', expect.stringContaining('expected status to be one of NEW, PARTIALLY_FILLED')],
    ])
  })

  it('takes no fee for free when the message names none', () => {
    const { reader, events } = binanceBench()
    reader.read(tradeMessage({ i: 1 }).replace('"n":"0.05","N":"USDT"', '"n":null,"N":null'))
    expect(events.items[0]).toMatchObject({ type: 'fill', fee: null, feeAsset: null })
  })
})
