import { describe, expect, it } from 'vitest'
import { exits, pair, refusalIn } from '../../test/builders/command-builder.js'
import { BTC } from '../../test/builders/context-builder.js'
import {
  aLife,
  answers,
  asks,
  buys,
  eventsOf,
  type Life,
  type LifeChanges,
  marks,
  openOf,
  sells,
  shorts,
  theOne,
  trancheIn,
  typesOf,
} from '../../test/builders/life-builder.js'
import type { DriftPolicy } from '../config/symbol-config.js'
import { parsePercent } from '../money/percent.js'
import { formatPrice } from '../money/price.js'

describe('openTranche', () => {
  it('intends an entry, at market or at a limit', () => {
    const life = pair({ instrument: BTC })

    expect(
      theOne(
        life.tell(asks('openTranche', { side: 'LONG', quantity: '0.01', label: 'dip', actor: 'bot' })),
        'OrderIntended',
      ),
    ).toMatchObject({
      purpose: 'entry',
      orderType: 'MARKET',
      orderSide: 'BUY',
      positionSide: 'LONG',
      quantity: '0.01',
      price: null,
      reduceOnly: false,
      label: 'dip',
      entryTranche: null,
      reason: 'bot',
      because: { rule: 'entry.limits', observed: { quantity: '0.01', price: null, reason: 'bot' } },
    })
    expect(
      theOne(life.tell(asks('openTranche', { side: 'SHORT', quantity: '0.01', price: '51000.1' })), 'OrderIntended'),
    ).toMatchObject({ orderType: 'LIMIT', orderSide: 'SELL', positionSide: 'SHORT', price: '51000.1' })
  })

  it("at a price off the tick is refused: the price is the bot's to choose", () => {
    const events = pair({ instrument: BTC }).tell(
      asks('openTranche', { side: 'LONG', quantity: '0.01', price: '49000.07' }),
    )

    expect(theOne(events, 'EntryRefused')).toMatchObject({ code: 'priceOffTick' })
  })

  it('is refused by the first limit that fails, with its numbers', () => {
    const life = pair({ config: { maxTranches: 1 } })
    const events = life.tell(asks('openTranche', { side: 'LONG', quantity: '0.01' }))

    expect(theOne(events, 'EntryRefused')).toMatchObject({
      side: 'LONG',
      code: 'maxTranchesReached',
      because: { rule: 'entryLimit.maxTranchesReached' },
    })
  })

  it.each(['protect', 'observe'] as const)('is refused in mode %s', (sending) => {
    const life = pair({ setup: { sending } })

    expect(theOne(life.tell(asks('openTranche', { side: 'LONG', quantity: '0.01' })), 'EntryRefused')).toMatchObject({
      code: 'notTrading',
    })
    expect(life.book.orders.size).toBe(0)
  })

  it('counts entries in flight: two at once do not pass together', () => {
    const life = pair({ config: { maxTranches: 2 } })
    life.tell(asks('openTranche', { side: 'LONG', quantity: '0.01' }))

    expect(theOne(life.tell(asks('openTranche', { side: 'LONG', quantity: '0.01' })), 'EntryRefused').code).toBe(
      'maxTranchesReached',
    )
  })

  it('gives every order an id of its own', () => {
    const life = pair({ config: { maxTranches: 9 } })
    const ids = [1, 2, 3].map(
      () => theOne(life.tell(asks('openTranche', { side: 'LONG', quantity: '0.01' })), 'OrderIntended').clientOrderId,
    )

    expect(new Set(ids).size).toBe(3)
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9_-]{1,28}$/)
  })
})

describe('mergeTranches', () => {
  function three(changes: LifeChanges = {}): Life {
    const life = aLife({ ...changes, config: { instantTakeProfit: false, ...changes.config } })
    life.tellAll([
      marks('50000'),
      buys('0.01', '50000', { fee: '0.1' }),
      buys('0.03', '49000', { fee: '0.2' }),
      buys('0.01', '48000', { fee: '0' }),
    ])
    return life
  }

  it('makes one of them, quantity-weighted, under the oldest id', () => {
    const life = three()
    life.tell(asks('mergeTranches', { tranches: ['T2', 'T1'] }))

    expect(openOf(life)).toBe('T1 0.04, T3 0.01')
    const { cost, openFees, originalQuantity, takeProfitPrice } = trancheIn(life, 'T1')
    // 500 + 1470; 49 250 · 1.05 = 51 712.5
    expect(cost).toBe(1970n * 10n ** 24n)
    expect(openFees).toEqual({ USDT: 3n * 10n ** 23n })
    expect(originalQuantity).toBe(40_000_000_000n)
    expect(formatPrice(takeProfitPrice!)).toBe('51712.5')
    expect(theOne(life.events, 'TrancheMerged')).toMatchObject({
      tranche: 'T1',
      absorbed: ['T2'],
      because: { rule: 'command.mergeTranches' },
    })
  })

  it('takes no stop back', () => {
    const life = three()
    life.tellAll([
      asks('moveStop', { tranche: 'T3', price: '49500' }),
      asks('mergeTranches', { tranches: ['T1', 'T3'] }),
    ])

    expect(formatPrice(trancheIn(life, 'T1').stopPrice!)).toBe('49500')
  })

  it('lets orders and estimates of the absorbed follow', () => {
    const life = three()
    const { clientOrderId } = theOne(
      life.tell(asks('closeTranche', { tranche: 'T2', price: '60000' })),
      'OrderIntended',
    )
    life.tellAll([asks('mergeTranches', { tranches: ['T1', 'T2'] }), sells('0.03', '60000', { clientOrderId })])

    expect(openOf(life)).toBe('T1 0.01, T3 0.01')
  })

  it.each<[name: string, tranches: readonly string[], code: string]>([
    ['one', ['T1'], 'tooFewTranches'],
    ['the same twice', ['T1', 'swing', 'T1'], 'tooFewTranches'],
    ['none', [], 'tooFewTranches'],
    ['both sides', ['T1', 'T2'], 'differentSides'],
    ['one that is not open', ['T1', 'T7'], 'trancheNotOpen'],
  ])('refuses %s', (_name, tranches, code) => {
    const events = pair().tell(asks('mergeTranches', { tranches }))

    expect(refusalIn(events)).toBe(`mergeTranches ${code}`)
    expect(eventsOf(events, 'TrancheMerged')).toEqual([])
  })
})

describe('labels, notes and isolation by hand', () => {
  it('are recorded', () => {
    const life = pair()
    life.tellAll([
      asks('labelTranche', { tranche: 'T1', label: 'core' }),
      asks('annotateTranche', { tranche: 'core', note: 'earnings on Friday' }),
      asks('isolateTranche', { tranche: 'T1' }),
    ])

    expect(trancheIn(life, 'T1')).toMatchObject({ label: 'core', notes: ['earnings on Friday'], isolated: true })
    expect(theOne(life.events, 'TrancheIsolated')).toMatchObject({
      price: '50000',
      pnlPercent: '0',
      because: { rule: 'command.isolateTranche' },
    })
    life.tell(asks('labelTranche', { tranche: 'core', label: null }))
    expect(trancheIn(life, 'T1').label).toBeNull()
    life.tell(asks('releaseTranche', { tranche: 'T1' }))
    expect(trancheIn(life, 'T1').isolated).toBe(false)
  })

  it('refuse what is so already', () => {
    const life = pair()

    expect(refusalIn(life.tell(asks('releaseTranche', { tranche: 'T1' })))).toBe('releaseTranche notIsolated')
    life.tell(asks('isolateTranche', { tranche: 'T1' }))
    expect(refusalIn(life.tell(asks('isolateTranche', { tranche: 'T1' })))).toBe('isolateTranche isolatedAlready')
  })

  it('disowning gives a tranche up without an order, a result or a fee; its protection goes', () => {
    const life = pair()
    const events = life.tell(asks('disownTranche', { tranche: 'T1' }))

    expect(theOne(events, 'TrancheReduced')).toMatchObject({
      tranche: 'T1',
      price: '50000',
      realizedPnl: '0',
      fee: '0',
      reason: 'disowned',
      evidence: 'position',
      because: { rule: 'command.disownTranche' },
    })
    expect(theOne(events, 'TrancheClosed')).toMatchObject({ tranche: 'T1', realizedPnl: '0' })
    expect(exits(events)).toEqual([])
    expect(refusalIn(life.tell(asks('disownTranche', { tranche: 'T1' })))).toBe('disownTranche trancheNotOpen')
  })

  it.each<[policy: DriftPolicy, changes: readonly unknown[]]>([
    ['ADOPT', [{ driftPolicy: 'ALERT' }]],
    ['HALT', []],
    ['ALERT', []],
  ])('disowning under driftPolicy %s sees to it that the tranche is not adopted again', (driftPolicy, changes) => {
    const life = pair({ config: { driftPolicy } })
    const events = life.tell(asks('disownTranche', { tranche: 'T1' }))
    expect(eventsOf(events, 'ConfigurationChanged').map(({ options }) => options)).toEqual(changes)
  })

  it('isolating by hand takes the action that is configured', () => {
    const life = pair({ config: { isolationAction: 'PARTIAL_CLOSE', isolationClosePercent: parsePercent('50') } })

    expect(exits(life.tell(asks('isolateTranche', { tranche: 'T1' })))).toEqual(['LONG 0.005 market isolation'])
  })

  it('without any mark it has no price to record', () => {
    const life = aLife()
    life.tellAll([buys('0.01', '50000'), asks('isolateTranche', { tranche: 'T1' })])

    expect(theOne(life.events, 'TrancheIsolated')).toMatchObject({ price: null, pnlPercent: null })
  })
})

describe('moveStop', () => {
  it.each<[tranche: string, price: string, to: string]>([
    ['T1', '49500', '49500'],
    ['T1', '49500.01', '49500.1'],
    ['T2', '50500', '50500'],
    ['T2', '50500.09', '50500'],
  ])('moves the stop of %s to %s in its favour, to the tick: %s', (tranche, price, to) => {
    const life = pair({ instrument: BTC })

    expect(theOne(life.tell(asks('moveStop', { tranche, price })), 'StopMoved')).toMatchObject({
      to,
      rung: 'command',
      forced: false,
      trailingBest: null,
    })
  })

  it('refuses to move it back, and says how it could', () => {
    const events = pair().tell(asks('moveStop', { tranche: 'T1', price: '48000' }))

    expect(theOne(events, 'CommandRefused')).toMatchObject({
      code: 'stopWouldMoveBack',
      message: 'the stop of T1 stands at 49000 and only moves in its favour; use force to move it back',
    })
  })

  it('moves it back by force, and records it as that', () => {
    const life = pair()

    expect(
      theOne(life.tell(asks('moveStop', { tranche: 'T1', price: '48000', force: true })), 'StopMoved'),
    ).toMatchObject({ from: '49000', to: '48000', forced: true })
    // force that is not needed is none
    expect(
      theOne(life.tell(asks('moveStop', { tranche: 'T1', price: '49000', force: true })), 'StopMoved').forced,
    ).toBe(false)
  })

  it('does nothing where it stands already, and gives one to a tranche without', () => {
    const life = pair({ config: { slPercent: null } })

    expect(theOne(life.tell(asks('moveStop', { tranche: 'T1', price: '45000' })), 'StopMoved')).toMatchObject({
      from: null,
      to: '45000',
      forced: false,
    })
    expect(life.tell(asks('moveStop', { tranche: 'T1', price: '45000' }))).toEqual([])
  })
})

describe('moveTakeProfit', () => {
  it('moves the single target, to the tick toward the entry, or takes it away', () => {
    const life = pair({ instrument: BTC })

    expect(
      theOne(life.tell(asks('moveTakeProfit', { tranche: 'T1', price: '53000.09' })), 'TakeProfitMoved'),
    ).toMatchObject({ from: '52500', to: '53000' })
    expect(
      theOne(life.tell(asks('moveTakeProfit', { tranche: 'T2', price: '47000.01' })), 'TakeProfitMoved'),
    ).toMatchObject({ from: '47500', to: '47000.1' })
    expect(theOne(life.tell(asks('moveTakeProfit', { tranche: 'T1' })), 'TakeProfitMoved')).toMatchObject({
      from: '53000',
      to: null,
    })
    expect(trancheIn(life, 'T1').takeProfitPrice).toBeNull()
  })

  it('refuses where levels stand', () => {
    const life = pair({ config: { enableScaledTakeProfit: true } })

    expect(refusalIn(life.tell(asks('moveTakeProfit', { tranche: 'T1', price: '53000' })))).toBe(
      'moveTakeProfit scaledTakeProfit',
    )
  })
})

describe('a repair that was asked for', () => {
  it('is noted with who asked, and changes nothing by itself', () => {
    const life = pair()
    const { version, ...before } = structuredClone(life.book)
    const events = life.tell(asks('repair', { kind: 'adopt', actor: 'anna' }))
    expect(events).toMatchObject([
      { type: 'RepairRequested', kind: 'adopt', actor: 'anna', because: { rule: 'command.repair' } },
    ])
    expect(life.book).toMatchObject({ ...before, version: version + 1, time: life.book.time })
  })
})

describe('pausing', () => {
  it.each(['pause', 'gracefulStop'] as const)('%s blocks entries until resume, not exits', (command) => {
    const life = pair()
    expect(typesOf(life.tell(asks(command, { actor: 'anna' })))).toEqual(['TradingPaused'])
    expect(life.book.pauses).toEqual([command])
    expect(eventsOf(life.tell(asks('openTranche', { side: 'LONG', quantity: '0.01' })), 'EntryRefused')).toHaveLength(1)
    expect(exits(life.tell(asks('closeTranche', { tranche: 'T1' })))).toHaveLength(1)
    life.tell(asks('resume'))
    expect(life.book.pauses).toEqual([])
    expect(eventsOf(life.tell(asks('openTranche', { side: 'LONG', quantity: '0.01' })), 'OrderIntended')).toHaveLength(
      1,
    )
  })
})

describe('killSwitch', () => {
  it('pauses, cancels entries and sends real exits; the book changes by their fills', () => {
    // known incident 6
    const life = pair()
    const { clientOrderId } = theOne(
      life.tell(asks('openTranche', { side: 'LONG', quantity: '0.01', price: '49000' })),
      'OrderIntended',
    )
    life.tell(answers(clientOrderId, 'acknowledged'))
    const events = life.tell(asks('killSwitch', { actor: 'anna' }))

    expect(typesOf(events)).toEqual(['TradingPaused', 'CancelIntended', 'OrderIntended', 'OrderIntended'])
    expect(theOne(events, 'CancelIntended')).toMatchObject({ clientOrderId, reason: 'killSwitch' })
    expect(exits(events)).toEqual(['LONG 0.01 market command', 'SHORT 0.02 market command'])
    expect(openOf(life)).toBe('T1 0.01')
    for (const { clientOrderId: exit, side, quantity } of eventsOf(events, 'OrderIntended'))
      life.tell(
        side === 'LONG'
          ? sells(quantity!, '50000', { clientOrderId: exit })
          : { ...shorts(quantity!, '50000', { clientOrderId: exit }), side: 'BUY' },
      )
    expect(openOf(life)).toBe('')
    expect(openOf(life, 'SHORT')).toBe('')
  })

  it.each(['intended', 'unknown'])('cancels an entry that is %s, and still does when it turns out to rest', (state) => {
    const life = pair()
    const { clientOrderId } = theOne(
      life.tell(asks('openTranche', { side: 'LONG', quantity: '0.01', price: '49000' })),
      'OrderIntended',
    )
    if (state === 'unknown') life.tell(answers(clientOrderId, 'unknown'))
    expect(theOne(life.tell(asks('killSwitch')), 'CancelIntended').clientOrderId).toBe(clientOrderId)
    expect(typesOf(life.tell(answers(clientOrderId, 'acknowledged', { orderId: '7' })))).toEqual(['OrderAcknowledged'])
    expect(life.book.orders.get(clientOrderId)?.state).toBe('cancelling')
  })
})

describe('resolveConflict', () => {
  it('refuses where there is none', () => {
    expect(refusalIn(aLife().tell(asks('resolveConflict')))).toBe('resolveConflict noConflict')
  })
})

describe('configure', () => {
  it('is recorded as written, and holds for what comes next', () => {
    const life = pair()
    life.tell(asks('configure', { options: { tpPercent: '9' } }))
    life.tell(buys('0.01', '50000'))

    expect(theOne(life.events, 'ConfigurationChanged').options).toEqual({ tpPercent: '9' })
    expect(formatPrice(trancheIn(life, 'T3').takeProfitPrice!)).toBe('54500')
    expect(formatPrice(trancheIn(life, 'T1').takeProfitPrice!)).toBe('52500')
  })
})

describe('a full group that may merge', () => {
  const config = {
    entryMode: 'AVERAGE_UNTIL_UNDERWATER' as const,
    whenFull: 'MERGE_LEAST_LOSSY' as const,
    maxTranches: 3,
    instantTakeProfit: false,
    trancheIsolationThreshold: parsePercent('50'),
    slPercent: parsePercent('50'),
  }

  /** Three tranches: −20 %, 0 %, +5.26 % at 40 000. */
  function full(more: LifeChanges['config'] = {}): Life {
    const life = aLife({ config: { ...config, ...more } })
    life.tellAll([
      buys('0.01', '50000', { tranche: 'a' }),
      buys('0.01', '40000', { tranche: 'b' }),
      buys('0.01', '38000', { tranche: 'c' }),
      marks('40000'),
    ])
    return life
  }

  it('lets the entry pass, and merges the two with the best result into the older when it fills', () => {
    const life = full()
    const { clientOrderId } = theOne(
      life.tell(asks('openTranche', { side: 'LONG', quantity: '0.01' })),
      'OrderIntended',
    )
    life.tell(buys('0.01', '40000', { clientOrderId }))

    expect(openOf(life)).toBe('T1 0.01, T2 0.02, T4 0.01')
    expect(theOne(life.events, 'TrancheMerged')).toMatchObject({ tranche: 'T2', absorbed: ['T3'] })
  })

  it('is refused where it should block', () => {
    expect(
      theOne(full({ whenFull: 'BLOCK' }).tell(asks('openTranche', { side: 'LONG', quantity: '0.01' })), 'EntryRefused')
        .code,
    ).toBe('maxTranchesReached')
  })

  it('is refused where every entry is its own tranche', () => {
    expect(
      theOne(
        full({ entryMode: 'NEW_TRANCHE' }).tell(asks('openTranche', { side: 'LONG', quantity: '0.01' })),
        'EntryRefused',
      ).code,
    ).toBe('maxTranchesReached')
  })
})
