import { parseConfig, parseEvent, parseMoney, parsePrice } from '@tranchebook/core'
import {
  BINANCE_BEHAVIOUR,
  BTCUSDT,
  createExchange,
  createVirtualClock,
  openAccount,
  openSimulated,
  setHedgeMode,
} from '@tranchebook/simulator'
import { describe, expect, it } from 'vitest'
import { doctor, type DoctorReport, type RepairSetup } from '../src/index.js'
import { FlakyStore } from './flaky-store.js'

const START = Date.UTC(2026, 0, 5, 12)

function account(options: Readonly<Record<string, unknown>>, wallet = '1000'): RepairSetup {
  const markets = [{ rules: BTCUSDT, price: parsePrice('50000') }]
  const exchange = createExchange({ markets, behaviour: BINANCE_BEHAVIOUR, seed: 1, startTime: START })
  openAccount(exchange, 'main', new Map([['USDT', parseMoney(wallet)]]))
  setHedgeMode(exchange, 'main', true)
  const clock = createVirtualClock(exchange)
  const { positionMode = 'HEDGE', symbols = { BTCUSDT: {} }, ...defaults } = options
  return {
    account: 'main',
    venue: openSimulated({ exchange, account: 'main', clock }),
    store: new FlakyStore({ decode: parseEvent, now: () => clock.now() }),
    config: parseConfig({ positionMode, account: 'main', defaults, symbols }),
    clock,
  }
}

function said({ findings }: DoctorReport): readonly string[] {
  return findings.map(({ level, code }) => `${level} ${code}`)
}

describe('the doctor', () => {
  it('finds an account fit', async () => {
    const report = await doctor(account({ slPercent: '2' }))
    expect(report).toMatchObject({ account: 'main', venue: 'simulated', isFit: true })
    expect(said(report)).toEqual([
      'fine keys',
      'fine permission',
      'fine clock',
      'fine positionMode',
      'fine log',
      'fine margin',
      'fine filters',
      'fine room',
    ])
  })

  it('says what speaks against trading, and what to do about it', async () => {
    const setup = account({ positionMode: 'ONE_WAY', maxTrancheSize: '10', symbols: { BTCUSDT: {}, BTCUSD: {} } }, '0')
    const report = await doctor(setup)
    expect(report.isFit).toBe(false)
    const problems = report.findings.filter(({ level }) => level === 'problem')
    expect(problems.map(({ code, symbol }) => [code, symbol])).toEqual([
      ['positionMode', null],
      ['margin', null],
      ['filters', 'BTCUSDT'],
      ['symbolNotListed', 'BTCUSD'],
      ['symbolNotListed', 'BTCUSD'],
    ])
    expect(problems[0]?.message).toContain('expected position mode ONE_WAY, the account is in HEDGE')
  })

  it('goes on where one look fails, and calls that a problem', async () => {
    const setup = account({})
    await setup.venue.close()
    const report = await doctor(setup)
    expect(report.isFit).toBe(false)
    expect(said(report)).toContain('problem keys')
    expect(said(report)).toContain('fine log')
  })
})
