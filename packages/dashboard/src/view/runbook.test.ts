import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { presentHealth, RUNBOOK } from './runbook.js'

const TROUBLES = readFileSync(new URL('../../../manager/src/report/troubles.ts', import.meta.url), 'utf8')
const codes = [...TROUBLES.matchAll(/code: '(\w+)'/g)].map(([, code = '']) => code)

describe('the runbook', () => {
  it('has a line for every reason that the manager can give, and for no other but its own', () => {
    expect(codes.length).toBeGreaterThan(5)
    expect(Object.keys(RUNBOOK).toSorted()).toEqual(
      [...new Set([...codes, 'bookUnreadable', 'bookLeftOut', 'logUnreadable'])].toSorted(),
    )
  })

  it('says what to do about each reason and about the whole', () => {
    const reason = { code: 'leaseLost', message: 'another process', level: 'halted', symbol: null, since: 1 } as const
    const { advice, reasons } = presentHealth({ status: 'halted', reasons: [reason] })
    expect(reasons).toEqual([{ ...reason, advice: RUNBOOK['leaseLost'] }])
    expect(advice).toContain('stops that rest there still protect')
  })

  it('has something to say even about a reason it does not know', () => {
    const reason = { code: 'newTrouble', message: 'x', level: 'degraded', symbol: null, since: 1 } as const
    expect(presentHealth({ status: 'degraded', reasons: [reason] }).reasons[0]?.advice).toContain('Entries are off')
  })

  it('knows that nobody runs on a recording', () => {
    expect(presentHealth(null)).toMatchObject({ status: 'recorded', reasons: [] })
  })
})
