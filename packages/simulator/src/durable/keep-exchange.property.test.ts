import { appendFileSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatMoney, parseMoney, parsePrice } from '@tranchebook/core'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { START } from '../../test/open-exchange.js'
import { happen, type Happening, happening } from '../../test/random-market.js'
import { BINANCE_BEHAVIOUR } from '../engine/behaviour.js'
import { createExchange, type Exchange, openAccount } from '../engine/exchange.js'
import { barsOf } from '../engine/candles.js'
import { advanceTo } from '../engine/funding.js'
import { minutesUntil } from '../engine/minute-bars.js'
import { movePrice } from '../engine/move-price.js'
import { setHedgeMode } from '../engine/settings.js'
import { BTCUSDT } from '../market/usual-rules.js'
import { keepExchange, type KeptExchange } from './keep-exchange.js'

const folder = mkdtempSync(join(tmpdir(), 'tranchebook-venue-'))
const open: KeptExchange[] = []
let files = 0

function closeAll(): void {
  for (const kept of open.splice(0)) kept.close()
}

afterAll(() => {
  closeAll()
  rmSync(folder, { recursive: true })
})

function newFile(): string {
  files += 1
  return join(folder, `${files}.jsonl`)
}

function make(): Exchange {
  const markets = [{ rules: BTCUSDT, price: parsePrice('50000') }]
  const exchange = createExchange({ markets, behaviour: BINANCE_BEHAVIOUR, seed: 1, startTime: START })
  for (const id of ['main', 'other']) openAccount(exchange, id, new Map([['USDT', parseMoney('10000')]]))
  setHedgeMode(exchange, 'main', true)
  return exchange
}

/** A venue as a process finds it that starts while the other one lies dead, or still stands there. */
function reopen(path: string): KeptExchange {
  const copy = newFile()
  copyFileSync(path, copy)
  const kept = keepExchange(copy, make)
  open.push(kept)
  return kept
}

/** What nobody may forget: all of an account but how far a trailing stop has followed, which nobody is told. */
function accountsOf({ accounts }: Exchange): unknown {
  return [...accounts.values()].map((account) => ({
    ...account,
    positions: [...account.positions.values()].filter(({ updateTime }) => updateTime > 0),
    newest: [[...account.newest.orders.keys()], [...account.newest.conditionals.keys()]],
    conditionals: [...account.conditionals.values()].map((order) => ({ ...order, extreme: null })),
    waiting: [...account.waiting.keys()],
  }))
}

/** All that a venue is, but chance, listeners, and what it can work out again. */
function stateOf(exchange: Exchange): unknown {
  const { time, numbers, insurance, nextGoodTill, markets, accounts } = exchange
  const standing = [...markets.values()].map(({ mark, last, fundings, fundingRate, nextFundingTime, ...market }) => ({
    prices: [mark, last, fundingRate],
    times: [fundings, nextFundingTime],
    minutes: minutesUntil(market.minutes, time),
    orders: [market.buys, market.sells].map((side) => side.map(({ id }) => id)),
    conditionals: [...market.conditionals].map(({ id }) => id),
  }))
  const trailing = [...accounts.values()].map(({ waiting }) => [...waiting.values()].map(({ extreme }) => extreme))
  return { time, numbers, insurance, nextGoodTill, standing, trailing, accounts: accountsOf(exchange) }
}

/** A venue to which this has happened; those of earlier lives are put away. */
function played(events: readonly Happening[]): { readonly kept: KeptExchange; readonly path: string } {
  closeAll()
  const path = newFile()
  const kept = keepExchange(path, make)
  open.push(kept)
  for (const event of events) happen(kept.exchange, event)
  return { kept, path }
}

const happenings = fc.array(happening, { minLength: 1, maxLength: 40 })

describe('a kept venue', () => {
  it('has every order, trade and coin after its process was killed at any moment', () => {
    fc.assert(
      fc.property(happenings, (events) => {
        const { kept, path } = played(events)
        expect(accountsOf(reopen(path).exchange)).toEqual(accountsOf(kept.exchange))
      }),
    )
  })

  it('is the same venue after a save, and goes on alike', () => {
    fc.assert(
      fc.property(happenings, happenings, (before, after) => {
        const { kept, path } = played(before)
        kept.save()
        const { exchange } = reopen(path)
        expect(stateOf(exchange)).toEqual(stateOf(kept.exchange))
        const balances = [exchange, kept.exchange].map((each) => {
          for (const event of after) happen(each, event)
          return [...each.accounts.values()].map(({ wallets }) => [...wallets.values()].map(formatMoney))
        })
        expect(balances[0]).toEqual(balances[1])
      }),
    )
  })
})

describe('the file of a venue', () => {
  it('may end in the middle of a line', () => {
    const { kept, path } = played([])
    kept.save()
    appendFileSync(path, '[{"type":"account","key":"main","va')
    expect(stateOf(reopen(path).exchange)).toEqual(stateOf(kept.exchange))
  })

  it('keeps the minutes of a price', () => {
    const { kept, path } = played([])
    for (const [minute, price] of [50_100, 49_900, 50_050].entries()) {
      advanceTo(kept.exchange, START + minute * 120_000)
      movePrice(kept.exchange, { symbol: 'BTCUSDT', to: parsePrice(`${price}`), axis: 'both', isGap: false })
      kept.save()
    }
    const bars = barsOf(reopen(path).exchange, 'BTCUSDT', '1m')
    expect(bars).toHaveLength(5)
    expect(bars).toEqual(barsOf(kept.exchange, 'BTCUSDT', '1m'))
  })

  it('keeps notes, and counts its starts', () => {
    const { kept, path } = played([])
    kept.note('place', '7')
    closeAll()
    const starts: number[] = []
    const again = keepExchange(path, (count) => {
      starts.push(count)
      return make()
    })
    open.push(again)
    expect([again.noteOf('place'), again.noteOf('other'), starts]).toEqual(['7', null, [1]])
  })
})
