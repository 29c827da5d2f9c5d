import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Action, ActionAnswer, ActionPreview } from '../src/api/index.js'
import { BTC, Stage } from './stage.js'

let stage: Stage

beforeEach(async () => {
  stage = await Stage.open()
})
afterEach(async () => stage.close())

async function preview(action: Action): Promise<ActionPreview> {
  return stage.client.preview(action)
}

/** What a person does: looks at what it says, and confirms. */
async function act(action: Action, actor?: string): Promise<ActionAnswer> {
  const { confirmation } = await preview(action)
  const request = { action, confirmation: confirmation ?? '', ...(actor === undefined ? {} : { actor }) }
  const answer = await stage.whileTimePasses(stage.client.act(request))
  await stage.pass(2000)
  return answer
}

async function recorded(type: string): Promise<readonly unknown[]> {
  const found: unknown[] = []
  for await (const { event } of stage.store.readAll()) if (event.type === type) found.push(event)
  return found
}

describe('an action', () => {
  it('is told before it is done: what it means and what would be sent', async () => {
    await stage.enter('0.1', 'breakout')
    const before = await stage.store.logHead()
    const told = await preview({ ...BTC, command: 'closeTranche', tranche: 'breakout', quantity: '0.04' })
    expect(told).toMatchObject({ says: 'Closes 0.04 at market of breakout in BTCUSDT', problems: [], changes: [] })
    expect(told.orders[0]).toEqual({ symbol: 'BTCUSDT', sentence: 'send exit: SELL 0.040 at market for T1' })
    expect(told.confirmation).not.toBeNull()
    expect(await stage.store.logHead()).toEqual(before)
  })

  it('that puts a target behind the price tells that it closes at market', async () => {
    await act({ ...BTC, command: 'configure', options: { enableScaledTakeProfit: false } })
    await stage.enter('0.1')
    const told = await preview({ ...BTC, command: 'moveTakeProfit', tranche: 'T1', price: '40000' })
    expect(told.orders.map(({ sentence }) => sentence)).toEqual([
      'cancel take profit at 52 500.0 for T1',
      'send exit: SELL 0.100 at market for T1',
    ])
    const further = await preview({ ...BTC, command: 'moveTakeProfit', tranche: 'T1', price: '60000' })
    expect(further.orders.map(({ sentence }) => sentence)).not.toContain('send exit: SELL 0.100 at market for T1')
  })

  it('that takes entries or limit exits back tells whose cancels and closes follow', async () => {
    await act({ ...BTC, command: 'configure', options: { enableScaledTakeProfit: false } })
    await stage.enter('0.1')
    await act({ ...BTC, command: 'moveTakeProfit', tranche: 'T1', price: null })
    await act({ ...BTC, command: 'openTranche', side: 'LONG', quantity: '0.02', price: '45000' })
    await act({ ...BTC, command: 'closeTranche', tranche: 'T1', price: '52000' })
    const told = async (action: Action): Promise<readonly string[]> =>
      (await preview(action)).orders.map(({ sentence }) => sentence)
    const CANCEL_ENTRY = 'cancel entry at 45 000.0'
    const CLOSE = ['cancel exit at 52 000.0 for T1', 'send exit: SELL 0.100 at market for T1']
    for (const command of ['pause', 'gracefulStop'] as const)
      expect(await told({ ...BTC, command })).toEqual([CANCEL_ENTRY])
    expect(await told({ ...BTC, command: 'closeTranche', tranche: 'T1' })).toEqual(CLOSE)
    expect(await told({ ...BTC, command: 'closeGroup', side: 'LONG' })).toEqual(CLOSE)
    for (const command of ['flatten', 'killSwitch'] as const)
      expect(await told({ ...BTC, command })).toEqual([CANCEL_ENTRY, ...CLOSE])
  })

  it('refuses a price of 0 instead of sending a market order', async () => {
    await stage.enter('0.1')
    for (const price of ['0', '0.00']) {
      const told = await preview({ ...BTC, command: 'closeTranche', tranche: 'T1', quantity: '0.04', price })
      expect(told).toMatchObject({
        orders: [],
        confirmation: null,
        problems: [{ message: `price: expected a price above 0, or leave it out for a market order, got "${price}"` }],
      })
    }
  })

  it('is done as confirmed, and recorded with who asked', async () => {
    await stage.enter('0.1')
    const answer = await act({ ...BTC, command: 'closeTranche', tranche: 'T1', quantity: '0.04' }, 'desk 3')
    expect(answer).toMatchObject({ accepted: true, results: [{ symbol: 'BTCUSDT', accepted: true, code: null }] })
    expect(answer.results[0]?.orders).toHaveLength(1)
    const { groups } = await stage.client.book(BTC)
    expect(groups[0]?.tranches[0]?.quantity).toBe('0.06')
    const [entry] = (await stage.client.timeline(BTC, { limit: 200 })).groups
      .flatMap((group) => group.entries)
      .filter(({ type, sentence }) => type === 'OrderIntended' && sentence.startsWith('exit'))
    expect(entry?.why).toBe('command closeTranche by desk 3')
  })

  it('needs the confirmation of its own preview', async () => {
    await stage.enter('0.1')
    const small: Action = { ...BTC, command: 'closeTranche', tranche: 'T1', quantity: '0.01' }
    const large: Action = { ...BTC, command: 'closeTranche', tranche: 'T1', quantity: '0.1' }
    const { confirmation } = await preview(small)
    for (const wrong of ['', 'x', `${confirmation}x`])
      await expect(stage.client.act({ action: small, confirmation: wrong })).rejects.toMatchObject({
        code: 'dashboard.not-confirmed',
      })
    await expect(stage.client.act({ action: large, confirmation: confirmation ?? '' })).rejects.toMatchObject({
      code: 'dashboard.not-confirmed',
      message: expect.stringContaining('it belongs to another action') as string,
    })
    expect((await recorded('OrderIntended')).filter((event) => JSON.stringify(event).includes('"exit"'))).toEqual([])
  })

  it('is not done twice, however often it is confirmed', async () => {
    await stage.enter('0.1')
    const action: Action = { ...BTC, command: 'closeTranche', tranche: 'T1', quantity: '0.01' }
    const { confirmation } = await preview(action)
    const request = { action, confirmation: confirmation ?? '' }
    const answers = stage.whileTimePasses(
      Promise.allSettled([stage.client.act(request), stage.client.act(request), stage.client.act(request)]),
    )
    const statuses = (await answers).map(({ status }) => status).toSorted()
    expect(statuses).toEqual(['fulfilled', 'rejected', 'rejected'])
    await stage.pass(2000)
    expect((await stage.client.book(BTC)).groups[0]?.quantity).toBe('0.09')
  })

  it('that cannot be done says why, and cannot be confirmed', async () => {
    await stage.enter('0.1')
    const unknown = await preview({ ...BTC, command: 'closeTranche', tranche: 'T9' })
    expect(unknown.problems[0]?.message).toBe('no open tranche is called T9: open are T1')
    expect(unknown.confirmation).toBeNull()
    const back = await preview({ ...BTC, command: 'moveStop', tranche: 'T1', price: '30000' })
    expect(back.problems[0]?.message).toContain('only moves in its favour')
    const odd = await preview({ ...BTC, command: 'closeTranche', tranche: 'T1', quantity: '1e3' })
    expect(odd.problems[0]?.message).toContain('quantity')
  })

  it('tells which protective orders follow from it', async () => {
    await stage.enter('0.1')
    const told = await preview({ ...BTC, command: 'moveStop', tranche: 'T1', price: '45000' })
    expect(told.says).toBe('Moves the stop of T1 in BTCUSDT to 45000')
    expect(told.orders.map(({ sentence }) => sentence)).toContain('send stop: SELL 0.100 at 45 000.0 for T1')
    await act({ ...BTC, command: 'moveStop', tranche: 'T1', price: '45000' })
    const { orders } = await stage.client.book(BTC)
    expect(orders.filter(({ purpose }) => purpose === 'stop').map(({ triggerPrice }) => triggerPrice)).toEqual([
      '45000',
    ])
  })

  it('pulls the kill switch of every book with real orders', async () => {
    await stage.enter('0.1')
    const action: Action = { account: 'main', symbol: null, command: 'killSwitch' }
    const told = await preview(action)
    expect(told.says).toBe('Cancels entries and closes everything in all books at market, with real orders')
    expect(told.orders.map(({ sentence }) => sentence)).toContain('send exit: SELL 0.100 at market for T1')
    expect(await act(action)).toMatchObject({ accepted: true, results: [{ symbol: 'BTCUSDT' }, { symbol: 'ETHUSDT' }] })
    const { groups, pauses, closedDays, closedCount } = await stage.client.book(BTC)
    expect([groups[0]?.quantity, pauses, closedCount]).toEqual(['0', ['killSwitch'], 1])
    expect(closedDays).toMatchObject([{ day: '2026-01-05', count: 1, tranches: [{ id: 'T1', status: 'closed' }] }])
    expect((await stage.client.state()).pausedBooks).toBe(2)
    expect(await act({ account: 'main', symbol: null, command: 'resume' })).toMatchObject({ accepted: true })
    expect((await stage.client.state()).pausedBooks).toBe(0)
  })

  it('goes as far as it can where a book cannot do it, and says which', async () => {
    await stage.enter('0.1')
    const action: Action = { account: 'main', symbol: null, command: 'pause' }
    const { confirmation } = await preview(action)
    await stage.whileTimePasses(stage.manager.stop())
    const answer = await stage.client.act({ action, confirmation: confirmation ?? '' })
    expect(answer.accepted).toBe(false)
    expect(answer.results.map(({ symbol, accepted, code }) => [symbol, accepted, code])).toEqual([
      ['BTCUSDT', false, 'manager.stopped'],
      ['ETHUSDT', false, 'manager.stopped'],
    ])
  })

  it('labels, notes, isolates, releases and merges', async () => {
    await stage.enter('0.1')
    await stage.enter('0.1')
    await act({ ...BTC, command: 'labelTranche', tranche: 'T1', label: 'breakout' })
    await act({ ...BTC, command: 'annotateTranche', tranche: 'T1', note: 'held for the meeting' })
    await act({ ...BTC, command: 'isolateTranche', tranche: 'T1' })
    const isolated = (await stage.client.book(BTC)).groups[0]?.tranches[0]
    expect(isolated).toMatchObject({
      label: 'breakout',
      notes: ['held for the meeting'],
      isolated: true,
      waitsFor: 'is held until its stop or a command',
      waitsForPrice: '40000',
    })
    await act({ ...BTC, command: 'releaseTranche', tranche: 'breakout' })
    await act({ ...BTC, command: 'mergeTranches', tranches: ['T1', 'T2'] })
    expect((await stage.client.book(BTC)).groups[0]?.tranches).toMatchObject([{ id: 'T1', quantity: '0.2' }])
  })

  it('is looked at by its id where another had the same label', async () => {
    await stage.enter('0.1', 'dip')
    await act({ ...BTC, command: 'labelTranche', tranche: 'dip', label: 'first' })
    await stage.enter('0.1', 'dip')
    expect((await stage.client.tranche(BTC, 'dip')).tranche.id).toBe('T2')
    await act({ ...BTC, command: 'closeTranche', tranche: 'dip', quantity: null })
    await stage.enter('0.1', 'dip')
    await expect(stage.client.tranche(BTC, 'dip')).rejects.toMatchObject({
      code: 'dashboard.ambiguous-tranche',
      message: expect.stringContaining('T2, T3') as string,
    })
    expect((await stage.client.tranche(BTC, 'T3')).tranche.label).toBe('dip')
  })

  it('is refused where it names an account or a book that is not managed here', async () => {
    const elsewhere: Action = { account: 'other', symbol: 'BTCUSDT', command: 'pause' }
    await expect(preview(elsewhere)).rejects.toMatchObject({ code: 'dashboard.unknown-book' })
    const nowhere: Action = { account: 'main', symbol: 'XRPUSDT', command: 'flatten' }
    await expect(preview(nowhere)).rejects.toMatchObject({ code: 'dashboard.unknown-book' })
    await expect(act({ ...BTC, command: 'pause' }, '<script>')).rejects.toMatchObject({ code: 'dashboard.body' })
  })
})

describe('settings', () => {
  it('come with everything a form needs', async () => {
    const { options, schema, sections, presets } = await stage.client.settings(BTC)
    expect(options['trancheIsolationThreshold']).toBe('5')
    expect(sections.flatMap((section) => section.options).toSorted()).toEqual(Object.keys(options).toSorted())
    expect(schema['properties']).toHaveProperty('trancheIsolationThreshold')
    expect(presets.length).toBeGreaterThan(0)
  })

  it('show what would change, and what is wrong, before they are saved as an event', async () => {
    const wrong = await preview({ ...BTC, command: 'configure', options: { maxTranches: -1, trancheIsolation: 3 } })
    expect(wrong.confirmation).toBeNull()
    expect(wrong.problems.map(({ option }) => option)).toEqual(['maxTranches', 'trancheIsolation'])
    const same = await preview({ ...BTC, command: 'configure', options: { maxTranches: 5 } })
    expect(same.problems).toEqual([{ option: '', message: 'nothing would change' }])

    const action: Action = { ...BTC, command: 'configure', options: { maxTranches: 2, closingStrategy: 'FIFO' } }
    expect((await preview(action)).changes).toEqual([
      { option: 'maxTranches', before: 5, after: 2 },
      { option: 'closingStrategy', before: 'LIFO', after: 'FIFO' },
    ])
    expect(await act(action, 'desk')).toMatchObject({ accepted: true })
    expect((await stage.client.settings(BTC)).options).toMatchObject({ maxTranches: 2, closingStrategy: 'FIFO' })
    expect((await stage.client.book(BTC)).rules.closingStrategy).toBe('FIFO')
    expect(await recorded('ConfigurationChanged')).toMatchObject([
      { options: { maxTranches: 2, closingStrategy: 'FIFO' }, because: { observed: { actor: 'desk' } } },
    ])
  })

  it('show which orders would follow from them', async () => {
    await stage.enter('0.1')
    await stage.enter('0.1')
    const told = await preview({ ...BTC, command: 'configure', options: { protection: 'COMBINED' } })
    expect(told.orders.map(({ sentence }) => sentence)).toContain('send stop: SELL 0.200 at 40 000.0')
  })
})
