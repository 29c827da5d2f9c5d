import { describe, expect, it } from 'vitest'
import { doctor, type DoctorReport } from '../src/index.js'
import { simulatedAccount } from './simulated-account.js'

function said({ findings }: DoctorReport): readonly string[] {
  return findings.map(({ level, code }) => `${level} ${code}`)
}

describe('the doctor', () => {
  it('finds an account fit', async () => {
    const report = await doctor(simulatedAccount({ slPercent: '2' }))
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
    const setup = simulatedAccount(
      { positionMode: 'ONE_WAY', maxTrancheSize: '10', symbols: { BTCUSDT: {}, BTCUSD: {} } },
      '0',
    )
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
    const setup = simulatedAccount({})
    await setup.venue.close()
    const report = await doctor(setup)
    expect(report.isFit).toBe(false)
    expect(said(report)).toContain('problem keys')
    expect(said(report)).toContain('fine log')
  })
})
