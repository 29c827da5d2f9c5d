import { describe, expect, it } from 'vitest'
import {
  aLife,
  asks,
  buys,
  covers,
  eventsOf,
  type Life,
  marks,
  nets,
  openOf,
  realizedOf,
  reports,
  sells,
  shorts,
  theOne,
  trancheIn,
  typesOf,
} from '../../test/builders/life-builder.js'
import { formatMoney } from '../money/money.js'
import { formatQuantity } from '../money/quantity.js'
import { stateHash } from '../replay/state-hash.js'

/** Three LONG entries of 0.001 at 50 000, 50 100, 50 200. */
function three(closingStrategy = 'LIFO'): Life {
  const life = aLife({ config: { closingStrategy } })
  life.tellAll([buys('0.001', '50000'), buys('0.001', '50100'), buys('0.001', '50200')])
  return life
}

describe('an entry fill', () => {
  it('opens a tranche with its own targets, proven by the fill', () => {
    const life = aLife()
    const events = life.tell(buys('0.001', '50000', { tradeId: '7', orderId: '70', fee: '0.025', feeAsset: 'USDT' }))

    expect(typesOf(events)).toEqual(['BookOpened', 'FillBooked', 'TrancheOpened'])
    expect(theOne(events, 'TrancheOpened')).toMatchObject({
      tranche: 'T1',
      side: 'LONG',
      origin: 'external',
      price: '50000',
      quantity: '0.001',
      takeProfitPrice: '52500',
      stopPrice: '49000',
      leverage: 10,
      tradeId: '7',
      orderId: '70',
      evidence: 'fill',
      priceEstimated: false,
      causationId: 'fill:7',
    })
    expect(trancheIn(life, 'T1').openFees).toEqual({ USDT: 25n * 10n ** 21n })
  })

  it('of the same order increases the same tranche, and averages it', () => {
    const life = aLife()
    life.tellAll([buys('0.001', '50000', { orderId: '70' }), buys('0.003', '50400', { orderId: '70' })])

    expect(openOf(life)).toBe('T1 0.004')
    // (50 + 151.2) ÷ 0.004 = 50 300
    expect(formatMoney(trancheIn(life, 'T1').cost)).toBe('201.2')
    expect(theOne(life.events, 'TrancheIncreased')).toMatchObject({
      reanchored: true,
      takeProfitPrice: '52815',
      stopPrice: '49294',
    })
  })

  it('names the tranche it opens, and later the one it adds to', () => {
    const life = aLife()
    life.tellAll([
      buys('0.001', '50000', { tranche: 'swing' }),
      buys('0.001', '51000'),
      buys('0.002', '52000', { tranche: 'swing' }),
    ])

    expect(openOf(life)).toBe('T1 0.003, T2 0.001')
    expect(trancheIn(life, 'T1').label).toBe('swing')
    life.tell(buys('0.001', '52000', { tranche: 'T2' }))
    expect(openOf(life)).toBe('T1 0.003, T2 0.002')
  })
})

describe('a name that several have', () => {
  /** T1 and T2 LONG of 0.001, both called «a», as an old log may have them. */
  function twins(closingStrategy: string): Life {
    const life = aLife({ config: { closingStrategy } })
    life.tellAll([buys('0.001', '50000', { tranche: 'a' }), buys('0.001', '50000', { tranche: 'b' })])
    trancheIn(life, 'T2').label = 'a'
    return life
  }

  it.each([
    ['LIFO', 'T1 0.001'],
    ['FIFO', 'T2 0.001'],
  ])('names none of them: a closing fill goes by %s', (rule, open) => {
    const life = twins(rule)
    life.tell(sells('0.001', '50000', { tranche: 'a' }))
    expect(openOf(life)).toBe(open)
  })

  it('lets an entry open a tranche without a label', () => {
    const life = twins('LIFO')
    life.tell(buys('0.003', '50000', { tranche: 'a' }))
    expect(openOf(life)).toBe('T1 0.001, T2 0.001, T3 0.003')
    expect(trancheIn(life, 'T3').label).toBeNull()
  })

  it('is a label first, then an id: a recording may count its tranches in its own way', () => {
    const life = aLife({ config: { closingStrategy: 'LIFO' } })
    life.tellAll([buys('0.001', '50000', { tranche: 'T2' }), buys('0.002', '50000', { tranche: 'T3' })])
    life.tell(sells('0.001', '50000', { tranche: 'T2' }))
    expect(openOf(life)).toBe('T2 0.002')
    life.tell(sells('0.001', '50000', { tranche: 'T2' }))
    expect(openOf(life)).toBe('T2 0.001')
  })
})

it.each([' ', 'x'.repeat(101)])('a fill is booked whatever it names; %j becomes no label', (tranche) => {
  const life = aLife()
  life.tell(buys('0.001', '50000', { tranche }))
  expect(openOf(life)).toBe('T1 0.001')
  expect(trancheIn(life, 'T1').label).toBeNull()
})

describe('a closing fill', () => {
  // acceptance 2
  it.each([
    ['FIFO', '2', 'T2 0.001, T3 0.001'],
    ['LIFO', '1.8', 'T1 0.001, T2 0.001'],
  ])('of 0.001 at 52 000 realizes by %s %s', (rule, realized, open) => {
    const life = three(rule)
    life.tell(sells('0.001', '52000'))

    expect(realizedOf(life)).toBe(realized)
    expect(openOf(life)).toBe(open)
  })

  it.each(['LIFO', 'FIFO', 'WORST_FIRST', 'BEST_FIRST', 'HIFO', 'LOFO', 'PRO_RATA'])(
    'of all realizes the same by %s',
    (rule) => {
      const life = three(rule)
      life.tell(sells('0.003', '52000'))

      // 2 + 1.9 + 1.8
      expect(realizedOf(life)).toBe('5.7')
      expect(openOf(life)).toBe('')
      expect(life.book.groups.LONG).toMatchObject({ quantity: 0n, cost: 0n, peakQuantity: 0n })
    },
  )

  it('scales what remains once, and never twice', () => {
    // acceptance 3
    const life = aLife()
    life.tellAll([buys('0.003', '50000'), sells('0.001', '52000')])
    expect(realizedOf(life)).toBe('2')
    life.tell(sells('0.002', '52000'))
    expect(realizedOf(life)).toBe('6')
    expect(theOne(life.events, 'TrancheClosed')).toMatchObject({
      exitPrice: '52000',
      realizedPnl: '6',
      reason: 'external',
    })
  })

  it('leaves exactly nothing of 3 × 0.1', () => {
    // acceptance 4
    const life = aLife()
    life.tellAll([buys('0.1', '50000'), buys('0.1', '50000'), buys('0.1', '50000'), sells('0.3', '50000')])

    expect(openOf(life)).toBe('')
    expect(formatQuantity(life.book.groups.LONG.quantity)).toBe('0')
    expect(eventsOf(life.events, 'TrancheClosed')).toHaveLength(3)
  })

  it('averages the exit price over all its parts', () => {
    const life = aLife()
    life.tellAll([buys('0.003', '50000'), sells('0.001', '52000'), sells('0.002', '51000')])

    // (52 + 102) ÷ 0.003 = 51 333.33…
    expect(theOne(life.events, 'TrancheClosed').exitPrice).toBe('51333.333333333333')
  })

  it('goes to the tranche it names, what exceeds it by the closing rule', () => {
    const life = three()
    life.tell(sells('0.002', '52000', { tranche: 'T1' }))

    // T1 +2, then LIFO: T3 +1.8
    expect(openOf(life)).toBe('T2 0.001')
    expect(realizedOf(life)).toBe('3.8')
  })

  it('of a tranche that is named and large enough is explained by the name', () => {
    const life = three()
    const events = life.tell(sells('0.0005', '52000', { tranche: 'T2' }))

    expect(theOne(events, 'TrancheReduced').because).toMatchObject({
      rule: 'closing.named',
      candidates: [{ tranche: 'T2', chosen: '0.0005', lost: null }],
    })
  })

  it('that names a tranche that is not open goes by the rule', () => {
    const life = three()
    life.tell(sells('0.001', '52000', { tranche: 'T9' }))

    expect(openOf(life)).toBe('T1 0.001, T2 0.001')
  })

  it('closes isolated tranches last, and closes them all when it is everything', () => {
    // acceptance 5
    const life = aLife()
    life.tellAll([
      buys('0.001', '50000'),
      buys('0.001', '50000'),
      asks('isolateTranche', { tranche: 'T2' }),
      sells('0.001', '50000'),
    ])
    expect(openOf(life)).toBe('T2 0.001')
    life.tellAll([buys('0.001', '50000'), sells('0.002', '50000')])
    expect(openOf(life)).toBe('')
  })

  it('of SHORT earns what the price fell', () => {
    const life = aLife()
    life.tellAll([shorts('0.01', '50000'), covers('0.004', '47500')])

    // 2500 · 0.004
    expect(realizedOf(life, 'SHORT')).toBe('10')
    expect(openOf(life, 'SHORT')).toBe('T1 0.006')
  })
})

describe('a fill that was booked', () => {
  it('has no effect when it comes again', () => {
    const life = aLife()
    const fill = buys('0.001', '50000', { tradeId: '1', fee: '0.02' })
    life.tell(fill)
    const before = stateHash(life.book)

    expect(life.tell(fill)).toEqual([])
    expect(life.refusal()).toBeNull()
    expect(stateHash(life.book)).toBe(before)
  })

  it('is told from others by its id alone: ids above 2^53 keep every digit', () => {
    const life = aLife()
    life.tellAll([
      buys('0.001', '50000', { tradeId: '9007199254740993' }),
      buys('0.001', '50000', { tradeId: '9007199254740992' }),
    ])

    expect(openOf(life)).toBe('T1 0.001, T2 0.001')
  })

  it('is booked by its quantity, not by a cumulative one: two parts of one order make the sum', () => {
    const life = aLife()
    life.tellAll([
      buys('0.4', '50000', { orderId: '5', tradeId: '1' }),
      buys('0.6', '50000', { orderId: '5', tradeId: '2' }),
    ])

    expect(openOf(life)).toBe('T1 1')
  })

  it('is remembered through at least a thousand others; an older unknown id is refused, not guessed', () => {
    const life = aLife()
    for (let id = 1; id <= 3000; id += 1)
      life.tell(buys('0.001', '50000', { tradeId: String(id), tranche: 'T1', time: id }))
    expect(openOf(life)).toBe('T1 3')

    // 3000 = 1024 + 1024 + 952: the ids up to 1024 have left the older generation
    expect(life.tell(buys('0.001', '50000', { tradeId: '1025' }))).toEqual([])
    expect(life.refusal()).toBeNull()
    expect(life.tell(buys('0.001', '50000', { tradeId: '1024' }))).toEqual([])
    expect(life.refusal()).toMatchObject({ code: 'fill.below-watermark' })
    expect(life.refusal()?.message).toContain('trade 1024 is older than the oldest fill remembered for main/BTCUSDT')
    expect(typesOf(life.tell(buys('0.001', '50000', { tradeId: '3001' })))).toContain('FillBooked')
  })

  it('is judged by time where ids are no numbers', () => {
    const life = aLife()
    for (let id = 1; id <= 2100; id += 1)
      life.tell(buys('0.001', '50000', { tradeId: `x${id}`, tranche: 'T1', time: id }))

    // the first 1024 have left: the newest of them was at 1024
    life.tell(buys('0.001', '50000', { tradeId: 'y', time: 1023 }))
    expect(life.refusal()).toMatchObject({ code: 'fill.below-watermark' })
    life.tell(buys('0.001', '50000', { tradeId: 'z', time: 1024 }))
    expect(life.refusal()).toBeNull()
  })
})

describe('a late fill', () => {
  it('is booked when it comes and marked late', () => {
    const life = aLife()
    life.tell(buys('0.001', '50000', { time: 5000 }))

    expect(theOne(life.tell(buys('0.001', '49000', { time: 1000 }), { isLate: true }), 'FillBooked')).toMatchObject({
      late: true,
      time: 1000,
    })
    expect(theOne(life.tell(buys('0.001', '49000', { time: 6000 })), 'FillBooked').late).toBe(false)
    expect(openOf(life)).toBe('T1 0.001, T2 0.001, T3 0.001')
    expect(life.book.lastFillTime).toBe(6000)
  })
})

describe('a close that finds too little open', () => {
  const first = sells('0.002', '52000', { time: 1000, tradeId: '2', fee: '0.2', feeAsset: 'USDT' })

  it('waits, and takes what a late entry of before it opens', () => {
    const life = aLife()
    const events = life.tell(first)
    expect(theOne(events, 'FillBooked')).toMatchObject({
      closes: null,
      unmatched: { side: 'LONG', quantity: '0.002', fee: '0.2' },
    })
    life.tell(buys('0.002', '50000', { time: 900, tradeId: '1' }), { isLate: true })
    life.tell({ type: 'tick', time: 1100 })

    expect(openOf(life)).toBe('')
    // 2000 · 0.002
    expect(realizedOf(life)).toBe('4')
    expect(theOne(life.events, 'TrancheReduced')).toMatchObject({
      tradeId: '2',
      price: '52000',
      fee: '0.2',
      evidence: 'fill',
    })
    expect(life.book.groups.LONG.unmatched).toEqual([])
    expect(life.book.groups.LONG.fees).toEqual({ USDT: 2n * 10n ** 23n })
    expect(life.book.averageCost.LONG).toMatchObject({ quantity: 0n, cost: 0n, realizedPnl: 4n * 10n ** 24n })
    expect(life.book.conflict).toBeNull()
  })

  it('takes in part what came in part', () => {
    const life = aLife()
    life.tellAll([first, buys('0.0005', '50000', { time: 900, tradeId: '1' }), { type: 'tick', time: 1100 }])

    expect(theOne(life.events, 'UnmatchedSettled')).toMatchObject({ quantity: '0.0005' })
    expect(formatQuantity(life.book.groups.LONG.unmatched[0]!.quantity)).toBe('0.0015')
    // 0.2 · 0.0005 ÷ 0.002
    expect(theOne(life.events, 'TrancheReduced').fee).toBe('0.05')
  })

  it('does not take what was entered after it', () => {
    const life = aLife()
    life.tellAll([first, buys('0.002', '50000', { time: 1001, tradeId: '3' }), { type: 'tick', time: 1100 }])

    expect(openOf(life)).toBe('T1 0.002')
  })

  it('is given up after the window: the position began before our first fill', () => {
    const life = aLife({ config: { reorderWindowMs: 250 } })
    life.tellAll([first, { type: 'tick', time: 1250 }])
    expect(life.book.conflict).toBeNull()
    const events = life.tell({ type: 'tick', time: 1251 })

    expect(typesOf(events)).toEqual(['FillOrphaned', 'ConflictDetected'])
    expect(theOne(events, 'ConflictDetected').message).toContain('fill 2 closed 0.002 LONG more than was open')
    expect(life.book.groups.LONG.hasUnknownStart).toBe(true)
    // the fee was paid, whatever it was paid for
    expect(life.book.groups.LONG.fees).toEqual({ USDT: 2n * 10n ** 23n })
    expect(realizedOf(life)).toBe('0')
    expect(life.tell({ type: 'tick', time: 9999 })).toEqual([])
  })

  it('of hedge mode closes what is open and is a conflict for the rest; nothing opens on the other side', () => {
    const life = aLife()
    life.tellAll([
      buys('0.001', '50000', { time: 500 }),
      sells('0.003', '51000', { time: 1000, fee: '0.3' }),
      { type: 'tick', time: 2000 },
    ])

    expect(openOf(life)).toBe('')
    expect(openOf(life, 'SHORT')).toBe('')
    expect(theOne(life.events, 'TrancheReduced').fee).toBe('0.1')
    expect(theOne(life.events, 'FillOrphaned')).toMatchObject({ quantity: '0.002' })
    expect(life.book.conflict).toBe('closeExceedsOpen')
  })

  it('gives one conflict for several of them', () => {
    const life = aLife()
    life.tellAll([
      sells('0.001', '50000', { time: 1000 }),
      covers('0.001', '50000', { time: 1000 }),
      { type: 'tick', time: 2000 },
    ])

    expect(eventsOf(life.events, 'FillOrphaned')).toHaveLength(2)
    expect(eventsOf(life.events, 'ConflictDetected')).toHaveLength(1)
  })
})

describe('one-way mode', () => {
  function net(): Life {
    return aLife({ positionMode: 'ONE_WAY' })
  }

  it('flips: one fill closes the side and opens the other with the rest, in one decision', () => {
    const life = net()
    life.tell(nets('BUY', '0.001', '50000'))
    const events = life.tell(nets('SELL', '0.003', '51000', { fee: '0.3' }))

    expect(typesOf(events)).toEqual(['FillBooked', 'TrancheReduced', 'TrancheClosed', 'TrancheOpened'])
    expect(theOne(events, 'FillBooked')).toMatchObject({
      closes: { side: 'LONG', quantity: '0.001' },
      opens: { side: 'SHORT', quantity: '0.002' },
      unmatched: null,
    })
    expect(realizedOf(life)).toBe('1')
    expect(openOf(life, 'SHORT')).toBe('T2 0.002')
    // 0.3 · 1/3 to the close, 2/3 to the opening
    expect([theOne(events, 'TrancheReduced').fee, theOne(events, 'TrancheOpened').fee]).toEqual(['0.1', '0.2'])
    expect(formatQuantity(life.book.averageCost.BOTH.quantity)).toBe('-0.002')
  })

  describe('with a position from before our first fill', () => {
    const held = (quantity: string, time: number): ReturnType<typeof reports> =>
      reports(quantity, { positionSide: 'BOTH', entryPrice: '50000', time })
    const sold = (quantity: string, time: number): ReturnType<typeof nets> =>
      nets('SELL', quantity, '50000', { time, realizedPnl: '0' })
    const settling = (): Life => aLife({ positionMode: 'ONE_WAY', config: { driftSettleMs: 3000 } })

    it('closes what the venue held, whatever it realized: no phantom opens on the other side', () => {
      const life = settling()
      life.tellAll([held('0.01', 1000), sold('0.004', 1500)])

      expect(theOne(life.events, 'FillBooked')).toMatchObject({
        opens: null,
        unmatched: { side: 'LONG', quantity: '0.004' },
      })
      life.tellAll([held('0.006', 2000), held('0.006', 6000)])
      expect([openOf(life), openOf(life, 'SHORT')]).toEqual(['T1 0.006', ''])
    })

    it('opens only what a fill has beyond it, and counts the fills since the report', () => {
      const life = settling()
      life.tellAll([held('0.01', 1000), sold('0.004', 1500), sold('0.004', 1600), sold('0.004', 1700)])

      // 0.01 less 0.008: the last one closes 0.002 and opens 0.002
      expect([openOf(life), openOf(life, 'SHORT')]).toEqual(['', 'T1 0.002'])
    })

    it('knows a fill that the report has seen, as long as the book never held anything', () => {
      const first = settling()
      first.tellAll([held('0.006', 2000), sold('0.004', 1500)])
      expect(openOf(first, 'SHORT')).toBe('')

      const short = settling()
      short.tellAll([held('-0.004', 2000), sold('0.004', 1500)])
      expect(openOf(short, 'SHORT')).toBe('T1 0.004')

      // The report knew of both: the flip, and what was bought back.
      const later = settling()
      later.tellAll([nets('BUY', '0.01', '50000', { time: 500 }), held('-0.01', 2000), sold('0.03', 1500)])
      expect(openOf(later, 'SHORT')).toBe('T2 0.02')
    })

    it('counts a fill of the very moment of the report as seen by it, and what came between them once', () => {
      const same = settling()
      same.tellAll([held('0.006', 1500), sold('0.004', 1500)])
      // 0.01 before it
      expect(theOne(same.events, 'FillBooked').unmatched).toMatchObject({ quantity: '0.004' })
      same.tell(sold('0.008', 1600))
      expect(openOf(same, 'SHORT')).toBe('T1 0.002')
    })

    it('of a SHORT closes by buying', () => {
      const life = settling()
      life.tellAll([held('-0.006', 1000), nets('BUY', '0.01', '50000', { time: 1500, realizedPnl: '0' })])
      expect(theOne(life.events, 'FillBooked').unmatched).toMatchObject({ side: 'SHORT', quantity: '0.006' })
      expect(openOf(life)).toBe('T1 0.004')
      const seen = settling()
      seen.tellAll([held('-0.002', 2000), nets('BUY', '0.004', '50000', { time: 1500, realizedPnl: '0' })])
      expect(theOne(seen.events, 'FillBooked').unmatched).toMatchObject({ side: 'SHORT', quantity: '0.004' })
    })

    it('takes a fill as it did where the report agreed', () => {
      const life = settling()
      life.tellAll([nets('BUY', '0.0099', '50000', { time: 500 }), held('0.00991', 1000), sold('0.015', 1500)])

      expect(openOf(life, 'SHORT')).toBe('T2 0.0051')
    })
  })

  it('takes a fill for a close where the other side is open, for an entry where it is not', () => {
    const life = net()
    life.tellAll([nets('SELL', '0.002', '50000'), nets('BUY', '0.001', '49000'), nets('SELL', '0.001', '48000')])

    expect(openOf(life, 'SHORT')).toBe('T1 0.001, T2 0.001')
    expect(realizedOf(life, 'SHORT')).toBe('1')
    expect(openOf(life)).toBe('')
  })

  it('does not guess an entry where the venue realized a result and we have nothing to close', () => {
    const life = net()
    life.tell(nets('SELL', '0.001', '50000', { realizedPnl: '3' }))

    expect(openOf(life, 'SHORT')).toBe('')
    expect(theOne(life.events, 'FillBooked').unmatched).toMatchObject({ side: 'LONG', quantity: '0.001' })
    life.tell(nets('SELL', '0.001', '50000', { realizedPnl: '0' }))
    expect(openOf(life, 'SHORT')).toBe('T1 0.001')
  })

  it('a named tranche decides what a fill is for', () => {
    const life = net()
    life.tellAll([
      nets('BUY', '0.001', '50000', { tranche: 'a' }),
      nets('BUY', '0.002', '50000'),
      nets('SELL', '0.001', '51000', { tranche: 'a' }),
    ])
    expect(openOf(life)).toBe('T2 0.002')
    // adding to a named SHORT while LONG is open: the fill belongs to its own tranche
    life.tell(nets('BUY', '0.001', '50000', { tranche: 'T2' }))
    expect(openOf(life)).toBe('T2 0.003')
  })
})

describe('a fill of the venue itself', () => {
  it.each([
    ['autoclose-1714', 'TrancheLiquidated', 'liquidation'],
    ['adl_autoclose', 'TrancheClosed', 'adl'],
    ['settlement_autoclose-9', 'TrancheClosed', 'settlement'],
  ] as const)('%s ends in %s', (clientOrderId, end, reason) => {
    const life = three()
    const events = life.tell(sells('0.003', '45000', { clientOrderId }))

    expect(eventsOf(events, end)).toHaveLength(3)
    expect(eventsOf(events, end).every((event) => event.reason === reason)).toBe(true)
    expect(theOne(events, 'FillBooked').kind).toBe(reason)
    // −5 − 5.1 − 5.2
    expect(realizedOf(life)).toBe('-15.3')
  })

  it('goes by the closing rule', () => {
    const life = three('FIFO')
    life.tell(sells('0.0015', '45000', { clientOrderId: 'autoclose-1' }))

    expect(openOf(life)).toBe('T2 0.0005, T3 0.001')
  })
})

describe('the bridge to the figure of the venue', () => {
  it('says what moved out of the open tranches, and is zero in sum when flat', () => {
    const life = aLife({ config: { closingStrategy: 'LIFO' } })
    life.tellAll([buys('0.001', '50000'), buys('0.001', '51000'), sells('0.001', '52000')])

    // average cost 50 500: 1.5; T2's own 1
    expect(theOne(life.events, 'TrancheReduced')).toMatchObject({ realizedPnl: '1', bridge: '0.5' })
    expect(formatMoney(life.book.averageCost.LONG.realizedPnl)).toBe('1.5')
    life.tell(sells('0.001', '53000'))
    // 2.5 at average cost; 3 of T1's own
    expect(eventsOf(life.events, 'TrancheReduced').at(-1)).toMatchObject({ realizedPnl: '3', bridge: '-0.5' })
  })

  it('of SHORT', () => {
    const life = aLife({ config: { closingStrategy: 'LIFO' } })
    life.tellAll([shorts('0.001', '50000'), shorts('0.001', '51000'), covers('0.001', '49000')])

    // average cost 50 500: 1.5; T2's own 2
    expect(theOne(life.events, 'TrancheReduced')).toMatchObject({ realizedPnl: '2', bridge: '-0.5' })
    life.tell(covers('0.001', '48000'))
    // 2.5 at average cost; 2 of T1's own
    expect(eventsOf(life.events, 'TrancheReduced').at(-1)).toMatchObject({ realizedPnl: '2', bridge: '0.5' })
  })

  it('keeps what the venue reported beside our own figure, unknown once a close came without it', () => {
    const life = aLife()
    life.tellAll([buys('0.002', '50000', { realizedPnl: '0' }), sells('0.001', '52000', { realizedPnl: '2.01' })])
    expect(formatMoney(life.book.averageCost.LONG.reportedPnl!)).toBe('2.01')
    life.tell(sells('0.0005', '52000'))
    expect(life.book.averageCost.LONG.reportedPnl).toBeNull()
    life.tell(sells('0.0005', '52000', { realizedPnl: '1' }))
    expect(life.book.averageCost.LONG.reportedPnl).toBeNull()
  })
})

describe('a mark that nothing has recorded', () => {
  it('is recorded before the next decision that rests on it, with its extremes', () => {
    const life = aLife()
    life.tellAll([buys('0.001', '50000'), marks('50400'), marks('49900'), marks('50100')])
    expect(eventsOf(life.events, 'MarkObserved')).toEqual([])
    const events = life.tell(sells('0.001', '50000'))

    expect(typesOf(events)).toEqual(['MarkObserved', 'FillBooked', 'TrancheReduced', 'TrancheClosed'])
    expect(theOne(events, 'MarkObserved')).toMatchObject({
      price: '50100',
      high: '50400',
      low: '49900',
      markTime: 4000,
    })
  })
})
