import { h } from 'preact'
import { render } from 'preact-render-to-string'
import { describe, expect, it } from 'vitest'
import { API_PATHS, type AccountView } from '../../src/api/index.js'
import { PageContext } from '../parts/page-context.js'
import type { ApiClient } from '../state/api-client.js'
import { PageState } from '../state/page-state.js'
import { Alarms } from './alarms.js'
import { TopBar } from './top-bar.js'

const NOW = Date.UTC(2026, 0, 5, 12)

const WELL: AccountView = {
  title: 'main',
  accounts: ['main'],
  badge: 'LIVE',
  venue: 'binance',
  sending: 'trade',
  isReadOnly: false,
  health: { status: 'live', reasons: [], advice: 'Nothing to do.' },
  shield: { protected: true, unprotected: [] },
  unknownOrders: [],
  leaseEpoch: 1,
  lastPriceTime: NOW - 1000,
  lastAccountTime: null,
  equity: null,
  marginUsed: null,
  pausedBooks: 0,
  books: 1,
  openTranches: 3,
  isolatedTranches: 1,
  position: '1',
  logId: 'log',
  time: NOW,
}

const UNCOVERED = { account: 'main', symbol: 'BTCUSDT', side: 'LONG', tranche: 'T14', quantity: '0.05' } as const

/** A page whose server answers with one account, at a time that stands still. */
async function pageOf(account: AccountView): Promise<PageState> {
  const client = {
    read: (path: string) =>
      Promise.resolve(
        path === API_PATHS.state
          ? { type: 'answer', value: account }
          : { type: 'problem', problem: { code: 'x', message: 'x', advice: 'x' } },
      ),
  } as unknown as ApiClient
  const state = new PageState(client, '')
  await new Promise((resolve) => {
    setImmediate(resolve)
  })
  state.now.value = NOW
  return state
}

async function shown(account: AccountView, part: typeof TopBar | typeof Alarms = TopBar): Promise<string> {
  const state = await pageOf(account)
  return render(h(PageContext.Provider, { value: state }, h(part, {})))
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
}

describe('the bar at the top', () => {
  it('says whose money it is, that all is well, and shows what is unknown as a dash', async () => {
    expect(await shown(WELL)).toContain(
      'LIVE binance · main ● live protected tranches 3, 1 isolated unknown orders 0 last price 1 s account event –',
    )
  })

  it('frames real money as nothing else', async () => {
    const html = async (badge: AccountView['badge']): Promise<string> =>
      render(h(PageContext.Provider, { value: await pageOf({ ...WELL, badge }) }, h(TopBar, {})))
    expect(await html('LIVE')).toContain('badge-live')
    expect(await html('DEMO')).not.toContain('badge-live')
  })

  it('names what is unprotected, and since when', async () => {
    const shield = { protected: false, unprotected: [{ ...UNCOVERED, since: NOW - 3200 }] }
    expect(await shown({ ...WELL, shield })).toContain('unprotected for 3 s: BTCUSDT T14 0.05')
    const two = {
      protected: false,
      unprotected: [...shield.unprotected, { ...UNCOVERED, tranche: 'T15', since: null }],
    }
    expect(await shown({ ...WELL, shield: two })).toContain('and 1 more')
  })

  it('tells why entries are off, and what to do', async () => {
    const reason = { code: 'leaseLost', message: 'another process owns the account', symbol: null, since: NOW }
    const reasons = [{ ...reason, level: 'halted', advice: 'Stop the other one.' } as const]
    const text = await shown({ ...WELL, health: { status: 'halted', reasons, advice: '' } })
    expect(text).toContain('■ halted: protection only')
    expect(text).toContain('another process owns the account. Stop the other one.')
  })

  it('offers to resume where entries are paused, and nothing where a log is looked at', async () => {
    expect(await shown({ ...WELL, pausedBooks: 2 })).toContain('2 paused Resume Kill switch')
    const recorded = await shown({ ...WELL, badge: 'RECORDED', isReadOnly: true })
    expect(recorded).not.toContain('Kill switch')
    expect(recorded).not.toContain('protected')
  })
})

describe('the bar at the top of a page that does not hear its server', () => {
  it('counts for how long, and claims neither health nor protection', async () => {
    const state = await pageOf(WELL)
    state.connection.value = { type: 'lost', since: NOW }
    for (const [later, words] of [
      [0, 'no connection for 0 s'],
      [7000, 'no connection for 7 s'],
    ] as const) {
      state.now.value = NOW + later
      const html = render(h(PageContext.Provider, { value: state }, h(TopBar, {})))
      const text = html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
      expect(text).toContain('LIVE binance · main ◌ unknown protection unknown tranches 3, 1 isolated unknown orders 0')
      expect(text).toContain(words)
      expect(text).not.toMatch(/● live| protected/)
    }
  })
})

describe('alarms', () => {
  it('are silent while all is well, and for the moment between a fill and its stop', async () => {
    expect((await shown(WELL, Alarms)).trim()).toBe('')
    const shield = { protected: false, unprotected: [{ ...UNCOVERED, since: NOW - 300 }] }
    expect((await shown({ ...WELL, shield }, Alarms)).trim()).toBe('')
  })

  it('tell what lasts', async () => {
    const shield = { protected: false, unprotected: [{ ...UNCOVERED, since: NOW - 1000 }] }
    expect(await shown({ ...WELL, shield }, Alarms)).toContain('BTCUSDT T14 0.05 is unprotected')
  })
})
