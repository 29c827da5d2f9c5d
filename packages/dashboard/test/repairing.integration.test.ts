import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Action, ActionAnswer, ActionPreview } from '../src/api/index.js'
import { BTC, Stage } from './stage.js'

let stage: Stage

beforeEach(async () => {
  stage = await Stage.open({ driftPolicy: 'ALERT' })
})
afterEach(async () => stage.close())

async function preview(action: Action): Promise<ActionPreview> {
  return stage.whileTimePasses(stage.client.preview(action))
}

async function act(action: Action, actor: string): Promise<ActionAnswer> {
  const { confirmation } = await preview(action)
  return stage.whileTimePasses(stage.client.act({ action, actor, confirmation: confirmation ?? '' }))
}

async function recorded(type: string): Promise<readonly unknown[]> {
  const found: unknown[] = []
  for await (const { event } of stage.store.readAll()) if (event.type === type) found.push(event)
  return found
}

const ADOPT: Action = { ...BTC, command: 'adopt' }

describe('a repair', () => {
  it('says first what it would book and send, and does nothing yet', async () => {
    stage.appear('2', '49000')
    const before = await stage.store.logHead()
    const told = await preview(ADOPT)
    expect(told).toMatchObject({
      says: 'Opens tranches for what the venue holds beyond BTCUSDT, and protects them',
      problems: [],
      repair: { isDryRun: true, protection: { isProtected: false, positions: [{ quantity: '2', uncovered: '2' }] } },
    })
    expect(told.repair?.steps.map(({ event }) => event.type)).toContain('TrancheOpened')
    expect(told.orders.some(({ sentence }) => sentence.startsWith('stop for T1'))).toBe(true)
    expect(told.repair?.steps.map(({ message }) => message)).toContain(
      "T1 LONG 2.000 at 49 000.0 recovered from the venue's position",
    )
    expect(await stage.store.logHead()).toEqual(before)
  })

  it('is done once it is confirmed, with who asked before what came of it', async () => {
    stage.appear('2', '49000')
    const { accepted, repair, results } = await act(ADOPT, 'desk 3')
    expect(accepted).toBe(true)
    expect(repair).toMatchObject({ isDryRun: false, findings: [], protection: { isProtected: true } })
    expect(results).toMatchObject([{ symbol: 'BTCUSDT', accepted: true }])
    expect(results[0]?.orders.length).toBeGreaterThan(0)
    expect(await recorded('RepairRequested')).toMatchObject([{ kind: 'adopt', actor: 'desk 3' }])
    const { groups } = await stage.client.book(BTC)
    expect(groups[0]).toMatchObject({ quantity: '2', tranches: [{ quantity: '2' }] })
  })

  it('gives an adoption up again: no order, no stop, and the position stays', async () => {
    stage.appear('2', '49000')
    await act(ADOPT, 'desk')
    const back: Action = { ...BTC, command: 'rollBack' }
    const told = await preview(back)
    expect(told.orders.length).toBeGreaterThan(0)
    expect(told.orders.every(({ sentence }) => sentence.startsWith('cancel'))).toBe(true)
    const { repair } = await act(back, 'desk 4')
    expect(repair?.protection).toMatchObject({ isProtected: false, positions: [{ quantity: '2', covered: '0' }] })
    expect(await recorded('ConfigurationChanged')).toMatchObject([
      { options: { driftPolicy: 'ALERT' }, because: { observed: { actor: 'desk 4' } } },
    ])
  })

  it('finds nothing to do where all is as it should be, in all books at once', async () => {
    await stage.enter('0.1')
    const all = { account: BTC.account, symbol: null } as const
    for (const command of ['protect', 'reconcile'] as const) {
      const answer = await act({ ...all, command }, 'desk')
      expect(answer).toMatchObject({ accepted: true, results: [], repair: { steps: [], findings: [] } })
    }
    expect(await recorded('RepairRequested')).toHaveLength(4)
  })

  it('disowns a tranche by the name of who asked', async () => {
    await stage.enter('0.1', 'mine')
    await act({ ...BTC, command: 'disownTranche', tranche: 'mine' }, 'desk')
    expect(await recorded('TrancheReduced')).toMatchObject([
      { quantity: '0.1', because: { rule: 'command.disownTranche', observed: { actor: 'desk' } } },
    ])
  })

  it('says what it expected where it was asked wrongly', async () => {
    const wrong: readonly (readonly [unknown, string])[] = [
      [{ ...ADOPT, timeoutMs: 0 }, 'timeoutMs: expected a whole number from 1 to 120000'],
      [{ ...ADOPT, tranches: 'T1' }, 'tranches: expected a list of ids or labels'],
      [{ account: 'main', command: 'protect' }, 'symbol: expected one, or null for all books'],
    ]
    for (const [action, message] of wrong)
      await expect(stage.client.preview(action as Action)).rejects.toMatchObject({
        code: 'dashboard.body',
        message: expect.stringContaining(message) as string,
      })
  })
})
